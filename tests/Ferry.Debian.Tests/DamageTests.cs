using CsCheck;
using Ferry.Debian.Archives;
using Ferry.Debian.Elf;
using Ferry.Debian.Indexes;
using Ferry.Debian.Tests.Elf;

namespace Ferry.Debian.Tests;

/// <summary>Whatever bytes come, a parser answers or says that they are wrong; it never fails in another way.</summary>
public class DamageTests
{
    private static readonly Gen<(int Place, byte Value)[]> s_changes = Gen.Select(
        Gen.Int[0, int.MaxValue - 1],
        Gen.Byte
    ).Array[1, 6];

    [Fact]
    public void A_damaged_package_is_read_or_refused()
    {
        var package = DebSample.Package(
            DebSample.File("usr/bin/a", new string('x', 700)),
            DebSample.Link("usr/bin/b", "a")
        );
        s_changes.Sample(changes =>
            ReadsOrRefuses(() =>
                DebPackage.ReadData(
                    new MemoryStream(Damage(package, changes)),
                    entry => entry.DataStream?.CopyTo(Stream.Null)
                )
            )
        );
    }

    [Fact]
    public void A_damaged_program_is_relocated_or_refused()
    {
        foreach (var system in new[] { "x86_64-linux", "m68k-linux" })
        {
            var sample = new ElfSample { Machine = ElfMachine.OfSystem(system) };
            // Only the headers and tables are of interest.
            var file = sample.Write();
            s_changes.Sample(changes =>
                ReadsOrRefuses(() =>
                    ElfRelocator.Relocate(
                        Damage(file, changes, length: 0x200),
                        sample.Machine,
                        "/ld.so",
                        "/lib",
                        out _
                    )
                )
            );
        }
    }

    [Fact]
    public void Any_text_is_an_index_or_refused() =>
        Gen.String.Sample(text => ReadsOrRefuses(() => PackagesIndex.Parse(text.Split('\n'))));

    [Fact]
    public void The_order_of_versions_is_total() =>
        Gen.Select(Version, Version, Version)
            .Sample(
                (one, two, three) =>
                {
                    var (a, b, c) = (
                        DebianVersion.Parse(one),
                        DebianVersion.Parse(two),
                        DebianVersion.Parse(three)
                    );
                    return Math.Sign(a.CompareWith(b)) == -Math.Sign(b.CompareWith(a))
                        && (a.CompareWith(b) > 0 || b.CompareWith(c) > 0 || a.CompareWith(c) <= 0);
                }
            );

    private static Gen<string> Version => Gen.String[Gen.Char["0019az~+.-:"], 0, 8];

    private static byte[] Damage(
        byte[] original,
        (int Place, byte Value)[] changes,
        int? length = null
    )
    {
        var damaged = (byte[])original.Clone();
        foreach (var (place, value) in changes)
            damaged[place % (length ?? damaged.Length)] = value;
        return damaged;
    }

    private static void ReadsOrRefuses(Action read)
    {
        try
        {
            read();
        }
        catch (DebianException)
        {
            // Refused, with words.
        }
    }
}
