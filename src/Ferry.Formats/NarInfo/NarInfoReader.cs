using System.Collections.Immutable;
using System.Globalization;
using Ferry.Formats.Hashing;
using Ferry.Formats.Signatures;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.NarInfo;

/// <summary>Reads narinfo files. Lines with unknown names are passed over. Messages are stock's.</summary>
/// <remarks>Grammar: docs/formats/narinfo.md.</remarks>
public static class NarInfoReader
{
    /// <param name="text">The whole file.</param>
    /// <param name="origin">Where it came from, for messages.</param>
    /// <param name="directory">Of the store that the path must belong to.</param>
    /// <exception cref="BadFormatException">The file is broken or incomplete.</exception>
    public static NarInfoFile Read(string text, string origin, StoreDirectory directory) =>
        new Reading(origin, directory).Read(text);

    private sealed class Reading(string origin, StoreDirectory directory)
    {
        private readonly List<string> _signatures = [];
        private ImmutableSortedSet<StorePath> _references = [];
        private StorePath? _path;
        private StorePath? _deriver;
        private ContentAddress? _address;
        private Hash? _narHash;
        private Hash? _fileHash;
        private string _url = "";
        private string _compression = "";
        private long _narSize;
        private long _fileSize;
        private int _line;

        public NarInfoFile Read(string text)
        {
            for (var position = 0; position < text.Length; )
            {
                _line++;
                var colon = text.IndexOf(':', position);
                if (colon < 0)
                    throw Corrupt("expecting ':'");
                var valueStart = Math.Min(colon + 2, text.Length);
                var end = text.IndexOf('\n', valueStart);
                if (end < 0)
                    throw Corrupt("expecting '\\n'");
                Take(text[position..colon], text[valueStart..end]);
                position = end + 1;
            }
            // What is missing is missing from the whole file, not from its last line.
            _line = 0;
            if (_path is null)
                throw Corrupt("StorePath missing");
            if (_narHash is null)
                throw Corrupt("NarHash missing");
            if (_url.Length == 0)
                throw Corrupt("URL missing");
            if (_narSize == 0)
                throw Corrupt("NarSize missing or zero");
            return new NarInfoFile(_path, _url, _narHash, _narSize)
            {
                Compression = _compression.Length == 0 ? "bzip2" : _compression,
                FileHash = _fileHash,
                FileSize = _fileSize,
                References = _references,
                Deriver = _deriver,
                Signatures = _signatures.ToImmutableSortedSet(SignatureOrder.Instance),
                ContentAddress = _address,
            };
        }

        private void Take(string name, string value)
        {
            switch (name)
            {
                case "StorePath":
                    _path = directory.Parse(value);
                    break;
                case "URL":
                    _url = value;
                    break;
                case "Compression":
                    _compression = value;
                    break;
                case "FileHash":
                    _fileHash = HashOf(value);
                    break;
                case "FileSize":
                    _fileSize = Number(value, "invalid FileSize");
                    break;
                case "NarHash":
                    _narHash = HashOf(value);
                    break;
                case "NarSize":
                    _narSize = Number(value, "invalid NarSize");
                    break;
                case "References":
                    if (!_references.IsEmpty)
                        throw Corrupt("extra References");
                    _references =
                    [
                        .. value
                            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                            .Select(StorePath.Parse),
                    ];
                    break;
                case "Deriver":
                    _deriver = value == "unknown-deriver" ? null : StorePath.Parse(value);
                    break;
                case "Sig":
                    _signatures.Add(Signature.Parse(value).ToString());
                    break;
                case "CA":
                    if (_address is not null)
                        throw Corrupt("extra CA");
                    _address = value.Length == 0 ? null : ContentAddress.Parse(value);
                    break;
            }
        }

        private Hash HashOf(string value)
        {
            try
            {
                return Hash.ParsePrefixed(value);
            }
            catch (BadFormatException)
            {
                throw Corrupt("bad hash");
            }
        }

        private long Number(string value, string complaint) =>
            long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Corrupt(complaint);

        private BadFormatException Corrupt(string reason) =>
            new(
                $"NAR info file '{origin}' is corrupt: {reason}"
                    + (_line > 0 ? $" at line {_line}" : "")
            );
    }
}
