{ lib }: { groups = {}; }
