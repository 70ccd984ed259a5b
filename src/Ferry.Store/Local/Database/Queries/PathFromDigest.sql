-- Not "like": only a comparison uses the index, whatever the collation.
select path from ValidPaths where path >= ? limit 1
