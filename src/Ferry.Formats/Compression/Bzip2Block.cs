namespace Ferry.Formats.Compression;

/// <summary>One bzip2 block: Huffman codes, move-to-front, run lengths, inverse Burrows-Wheeler, run lengths again.</summary>
internal static class Bzip2Block
{
    private const int GroupLength = 50;
    private const int CodeLengthMax = 20;

    public static void Read(Bzip2BitReader bits, int sizeMax, MemoryStream output)
    {
        if (bits.ReadBit() == 1)
            throw new InvalidDataException("randomised bzip2 blocks are obsolete");
        var origin = bits.Read(24);
        var symbols = ReadSymbolsInUse(bits);
        var block = ReadMoveToFront(bits, symbols, sizeMax);
        if (origin >= block.Length)
            throw new InvalidDataException("bzip2 block origin is outside the block");
        WriteRuns(Untransform(block, origin), output);
    }

    private static List<byte> ReadSymbolsInUse(Bzip2BitReader bits)
    {
        var groups = bits.Read(16);
        var symbols = new List<byte>();
        for (var group = 0; group < 16; group++)
        {
            if (((groups >> (15 - group)) & 1) == 0)
                continue;
            var members = bits.Read(16);
            for (var member = 0; member < 16; member++)
            {
                if (((members >> (15 - member)) & 1) == 1)
                    symbols.Add((byte)(group * 16 + member));
            }
        }

        return symbols;
    }

    private static byte[] ReadMoveToFront(Bzip2BitReader bits, List<byte> symbols, int sizeMax)
    {
        var tables = bits.Read(3);
        var selectors = ReadSelectors(bits, tables);
        var codes = new Bzip2Code[tables];
        for (var table = 0; table < tables; table++)
            codes[table] = Bzip2Code.Read(bits, symbols.Count + 2);

        var block = new List<byte>();
        var (endOfBlock, run, weight, decoded) = (symbols.Count + 1, 0, 1, 0);
        while (true)
        {
            var symbol = codes[selectors[decoded++ / GroupLength]].Decode(bits);
            if (symbol <= 1)
            {
                // Bijective base 2: the digits are 1 and 2, the least significant comes first.
                run += weight << symbol;
                weight <<= 1;
                if (run > sizeMax)
                    throw new InvalidDataException("bzip2 run is longer than its block");
                continue;
            }

            for (; run > 0; run--)
                block.Add(symbols[0]);
            weight = 1;
            if (symbol == endOfBlock)
                return [.. block];
            var value = symbols[symbol - 1];
            symbols.RemoveAt(symbol - 1);
            symbols.Insert(0, value);
            block.Add(value);
            if (block.Count > sizeMax)
                throw new InvalidDataException("bzip2 block is too long");
        }
    }

    private static int[] ReadSelectors(Bzip2BitReader bits, int tables)
    {
        var selectors = new int[bits.Read(15)];
        var order = Enumerable.Range(0, tables).ToList();
        for (var index = 0; index < selectors.Length; index++)
        {
            var position = 0;
            while (bits.ReadBit() == 1)
                position++;
            var table = order[position];
            order.RemoveAt(position);
            order.Insert(0, table);
            selectors[index] = table;
        }

        return selectors;
    }

    private static byte[] Untransform(byte[] block, int origin)
    {
        var starts = new int[256];
        foreach (var octet in block)
            starts[octet]++;
        var sum = 0;
        for (var octet = 0; octet < 256; octet++)
            (starts[octet], sum) = (sum, sum + starts[octet]);

        var next = new int[block.Length];
        for (var index = 0; index < block.Length; index++)
            next[starts[block[index]]++] = index;

        var result = new byte[block.Length];
        var position = next[origin];
        for (var index = 0; index < block.Length; index++)
        {
            result[index] = block[position];
            position = next[position];
        }

        return result;
    }

    private static void WriteRuns(byte[] block, MemoryStream output)
    {
        var (last, count) = (-1, 0);
        foreach (var octet in block)
        {
            if (count == 4)
            {
                // After four equal bytes comes a count of further ones.
                for (var extra = 0; extra < octet; extra++)
                    output.WriteByte((byte)last);
                (last, count) = (-1, 0);
                continue;
            }

            (last, count) = octet == last ? (last, count + 1) : (octet, 1);
            output.WriteByte(octet);
        }
    }

    /// <summary>A canonical Huffman code, decoded bit by bit.</summary>
    private sealed class Bzip2Code
    {
        private readonly Dictionary<(int Length, int Code), int> _symbols = [];

        public static Bzip2Code Read(Bzip2BitReader bits, int symbolCount)
        {
            var lengths = new int[symbolCount];
            var length = bits.Read(5);
            for (var symbol = 0; symbol < symbolCount; symbol++)
            {
                while (bits.ReadBit() == 1)
                    length += bits.ReadBit() == 0 ? 1 : -1;
                if (length is < 1 or > CodeLengthMax)
                    throw new InvalidDataException("broken bzip2 code length");
                lengths[symbol] = length;
            }

            var result = new Bzip2Code();
            var code = 0;
            for (length = 1; length <= CodeLengthMax; length++, code <<= 1)
            {
                for (var symbol = 0; symbol < symbolCount; symbol++)
                {
                    if (lengths[symbol] == length)
                        result._symbols.Add((length, code++), symbol);
                }
            }

            return result;
        }

        public int Decode(Bzip2BitReader bits)
        {
            var code = 0;
            for (var length = 1; length <= CodeLengthMax; length++)
            {
                code = (code << 1) | bits.ReadBit();
                if (_symbols.TryGetValue((length, code), out var symbol))
                    return symbol;
            }

            throw new InvalidDataException("unknown bzip2 code");
        }
    }
}
