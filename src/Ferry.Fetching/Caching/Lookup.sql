select value, timestamp from Cache where domain = ? and key = ?;
