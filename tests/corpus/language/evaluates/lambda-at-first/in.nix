(args@{ a ? 1, b }: [ a b args ]) { b = 2; }
