insert or replace into Cache (domain, key, value, timestamp) values (?, ?, ?, ?);
