using System.Text;
using Ferry.Builtins.Tests.Recorded;

namespace Ferry.Builtins.Tests;

public class TableTests
{
    // builtins.attrNames builtins of stock 2.34.8 without experimental features. Those of flakes are in Ferry.Flakes.
    private const string StockNames =
        "abort add addDrvOutputDependencies addErrorContext all any appendContext attrNames attrValues baseNameOf bitAnd bitOr bitXor break builtins catAttrs ceil compareVersions concatLists concatMap concatStringsSep convertHash currentSystem currentTime deepSeq derivation derivationStrict dirOf div elem elemAt false fetchGit fetchMercurial fetchTarball fetchurl filter filterSource findFile floor foldl' fromJSON fromTOML functionArgs genList genericClosure getAttr getContext getEnv groupBy hasAttr hasContext hashFile hashString head import intersectAttrs isAttrs isBool isFloat isFunction isInt isList isNull isPath isString langVersion length lessThan listToAttrs map mapAttrs match mul nixPath nixVersion null parseDrvName partition path pathExists placeholder readDir readFile readFileType removeAttrs replaceStrings scopedImport seq sort split splitVersion storeDir storePath stringLength sub substring tail throw toFile toJSON toPath toString toXML trace traceVerbose true tryEval typeOf unsafeDiscardOutputDependency unsafeDiscardStringContext unsafeGetAttrPos warn zipAttrsWith";

    [Fact]
    public void The_names_are_exactly_those_of_stock()
    {
        string[] literals = ["builtins", "true", "false", "null"];
        // fetchTree is there wherever flakes are; fetchClosure says itself that it is not.
        string[] experimental = ["fetchClosure", "fetchTree"];
        var names = BuiltinTables
            .All.Select(builtin => builtin.Name)
            .Concat(BuiltinTables.Constants(isPure: false).Select(constant => constant.Name))
            .Concat(literals)
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            StockNames.Split(' ').Concat(experimental).Order(StringComparer.Ordinal),
            names
        );
    }

    [Fact]
    public void The_tables_are_those_that_were_agreed_on()
    {
        var text = new StringBuilder();
        foreach (
            var builtin in BuiltinTables.All.OrderBy(item => item.Name, StringComparer.Ordinal)
        )
            text.Append(
                $"{builtin.Name}/{builtin.Arity} {string.Join(' ', builtin.Parameters)}: {builtin.Summary}\n"
            );
        foreach (
            var constant in BuiltinTables
                .Constants(isPure: false)
                .OrderBy(item => item.Name, StringComparer.Ordinal)
        )
            text.Append($"{constant.Name}: {constant.Summary}\n");

        var file = RecordedFile.Path("../builtins.expected.txt");
        if (Environment.GetEnvironmentVariable("FERRY_ACCEPT") == "1")
            File.WriteAllText(file, text.ToString());
        Assert.Equal(File.ReadAllText(file), text.ToString());
    }
}
