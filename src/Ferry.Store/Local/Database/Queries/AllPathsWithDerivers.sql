select id, path, deriver from ValidPaths
