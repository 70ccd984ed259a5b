# Other names of packages, as expressions for other sets use them.
{ lib, self }: lib.mapAttrs (_: name: self.${name}) (lib.importJSON ./aliases.json)
