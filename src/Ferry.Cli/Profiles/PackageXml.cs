using System.Buffers;
using System.Globalization;
using Ferry.Builtins.Derivations;
using Ferry.Builtins.Xml;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Formats;

namespace Ferry.Cli.Profiles;

/// <summary>Packages as XML. On the evaluation thread.</summary>
internal sealed class PackageXml(PackageQuery query, PackageQueryOptions options)
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public byte[] Print(IReadOnlyList<PackageInformation> packages)
    {
        var xml = new XmlWriter(_output);
        xml.Open("items");
        query.ForEach(packages, package => Item(xml, package));
        xml.CloseAll();
        return _output.WrittenSpan.ToArray();
    }

    private void Item(XmlWriter xml, PackageInformation package)
    {
        // Everything that may fail is computed before anything is written.
        var attributes = Attributes(package);
        var outputs = package.Outputs(options.ShowsOutputPath);
        xml.Open("item", [.. attributes.Select(pair => (pair.Key, (ByteString)pair.Value))]);
        foreach (var (name, path) in outputs)
        {
            if (path is null)
                xml.Empty("output", ("name", name));
            else
                xml.Empty("output", ("name", name), ("path", query.Format(path)));
        }

        if (options.ShowsMeta)
        {
            foreach (var name in package.MetaNames)
                Meta(xml, package, name);
        }

        xml.Close();
    }

    private SortedDictionary<string, string> Attributes(PackageInformation package)
    {
        var name = package.ParsedName;
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["attrPath"] = package.AttributePath,
            ["name"] = name.FullName,
            ["pname"] = name.Name,
            ["version"] = name.Version,
            ["outputName"] = package.OutputName,
        };
        if (options.ShowsStatus)
        {
            attributes["installed"] = query.IsInstalled(package) ? "1" : "0";
            attributes["valid"] = query.IsValid(package) ? "1" : "0";
            attributes["substitutable"] = "0";
        }

        if (options.ComparesVersions && query.Compare(package) is (not '-', _) and var compared)
        {
            attributes["versionDiff"] = compared.Relation.ToString();
            attributes["maxComparedVersion"] = compared.Version;
        }

        if (package.System.Length > 0)
            attributes["system"] = package.System;
        if (options.ShowsDerivationPath && package.DerivationPath is { } derivation)
            attributes["drvPath"] = query.Format(derivation);
        if (options.ShowsDescription && package.MetaText("description") is { Length: > 0 } text)
            attributes["description"] = text;
        return attributes;
    }

    private void Meta(XmlWriter xml, PackageInformation package, string name)
    {
        if (package.Meta(name) is not { } value)
        {
            query.Run.Note($"derivation '{package.Name}' has invalid meta attribute '{name}'");
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.String:
                Scalar("string", new ByteString(value.AsString.Bytes));
                break;
            case ValueKind.Integer:
                Scalar("int", value.AsInteger.ToString(CultureInfo.InvariantCulture));
                break;
            case ValueKind.Float:
                Scalar("float", FloatText.General(value.AsFloat));
                break;
            case ValueKind.Boolean:
                Scalar("bool", value.AsBoolean ? "true" : "false");
                break;
            default:
                Strings(xml, name, value);
                break;
        }

        void Scalar(string type, ByteString text) =>
            xml.Empty("meta", ("name", name), ("type", type), ("value", text));
    }

    // Of lists and sets only the strings directly inside are shown, as stock does.
    private static void Strings(XmlWriter xml, string name, Value value)
    {
        xml.Open("meta", ("name", name), ("type", "strings"));
        if (value.IsList)
        {
            var list = value.AsList;
            for (var index = 0; index < list.Length; index++)
            {
                if (list.Force(index) is { IsString: true } element)
                    xml.Empty("string", ("value", new ByteString(element.AsString.Bytes)));
            }
        }
        else
        {
            var set = value.AsAttributeSet;
            foreach (var index in set.NameOrder())
            {
                if (set.Force(index) is { IsString: true } element)
                    xml.Empty(
                        "string",
                        ("type", new ByteString(set.SymbolAt(index).Bytes)),
                        ("value", new ByteString(element.AsString.Bytes))
                    );
            }
        }

        xml.Close();
    }
}
