[ { or = 2; }.or ({ or = 3; }).or ({ }.a or 4) ]
