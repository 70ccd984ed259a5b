[ assert ]
