# Fixed points and their extension: the ground that overlays, scopes and `finalAttrs` stand on.
{ }:
rec {
  # The value x with x = f x.
  fix =
    f:
    let
      x = f x;
    in
    x;

  # As `fix`, and the function stays reachable in the result, so that it can be extended from outside.
  fix' =
    f:
    let
      x = f x // {
        __unfix__ = f;
      };
    in
    x;

  # Applies f from x on until nothing changes any more.
  converge =
    f: x:
    let
      next = f x;
    in
    if next == x then x else converge f next;

  # `extends overlay f`: the function f with the overlay (final: prev: changes) laid on top.
  extends =
    overlay: f: final:
    let
      prev = f final;
    in
    prev // overlay final prev;

  # Two overlays as one; the second sees what the first did.
  composeExtensions =
    first: second: final: prev:
    let
      firstApplied = first final prev;
    in
    firstApplied // second final (prev // firstApplied);

  composeManyExtensions = builtins.foldl' composeExtensions (_final: _prev: { });

  # An attribute set with an `extend` of its own: (makeExtensible f).extend overlay.
  makeExtensible = makeExtensibleWithCustomName "extend";

  makeExtensibleWithCustomName =
    name: f:
    fix' (
      self:
      f self
      // {
        ${name} = overlay: makeExtensibleWithCustomName name (extends overlay f);
      }
    );

  # Accepts what people write where an overlay is meant: `final: prev: {…}`, `prev: {…}` or `{…}`.
  toExtension =
    value:
    if builtins.isFunction value then
      final: prev:
      let
        once = value prev;
      in
      if builtins.isFunction once then value final prev else once
    else
      _final: _prev: value;
}
