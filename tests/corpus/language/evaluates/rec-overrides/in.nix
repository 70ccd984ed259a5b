rec { x = 1; y = x + 1; z = y; __overrides = { y = 10; w = 3; }; }
