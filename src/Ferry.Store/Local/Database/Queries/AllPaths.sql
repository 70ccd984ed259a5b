select path from ValidPaths
