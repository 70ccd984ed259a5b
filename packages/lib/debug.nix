# Looking into an evaluation. All of these print to standard error and give their last argument.
{ lib }:
rec {
  traceIf = condition: message: value: if condition then builtins.trace message value else value;
  traceVal = traceValFn lib.id;
  traceValFn = f: value: builtins.trace (f value) value;
  traceSeq = value: builtins.trace (builtins.deepSeq value value);
  traceValSeq = traceValSeqFn lib.id;
  traceValSeqFn = f: value: traceSeq (f value) value;

  # Evaluates { testNAME = { expr; expected; }; } and gives what failed, as [{ name; expected; result; }].
  runTests =
    tests:
    let
      only = tests.tests or null;
      isSelected = name: if only == null then lib.hasPrefix "test" name else builtins.elem name only;
      check =
        name: test:
        let
          caught = builtins.tryEval (builtins.deepSeq test.expr test.expr);
          matches =
            if test ? expectedError then
              !caught.success
            else
              caught.success && caught.value == test.expected;
        in
        lib.optional (isSelected name && !matches) {
          inherit name;
          expected = test.expected or "an error";
          result = if caught.success then caught.value else "an error";
        };
    in
    lib.concatLists (lib.mapAttrsToList check (removeAttrs tests [ "tests" ]));

  testAllTrue = values: {
    expr = values;
    expected = map (_: true) values;
  };
}
