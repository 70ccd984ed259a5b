using System.ComponentModel;
using System.Globalization;
using Ferry.Formats.Hashing;
using Ferry.Store.Building;

namespace Ferry.Debian.Fetching;

/// <summary><c>builtin:debian-fetch</c>: makes one <c>.deb</c>, whose SHA-256 the derivation fixes.</summary>
/// <remarks>
/// Variables: <c>package</c>, <c>version</c>, <c>architecture</c>, <c>filename</c>, <c>suite</c>, <c>component</c> and,
/// if known, <c>size</c>; besides those of every fixed-output derivation.
/// </remarks>
public sealed class DebianFetchBuilder(PackageFetcher fetcher, LockRenewal renewal)
    : IBuiltinBuilder
{
    public string Name => "builtin:debian-fetch";

    public void Build(BuiltinBuildContext context)
    {
        var package = Read(context);
        try
        {
            var kept = fetcher.Fetch(
                package,
                done => context.Progress(done, package.Size),
                context.CancellationToken
            );
            // A copy: the store makes its files read-only and gives them another owner and time.
            File.Copy(kept, context.OutputRealPaths["out"]);
        }
        catch (PackageUnavailableException exception) when (exception.IsGone)
        {
            throw new BuiltinBuildException(
                renewal.Explain(exception, context.CancellationToken),
                exception
            );
        }
        catch (Exception exception)
            when (exception
                    is PackageUnavailableException
                        or DebianException
                        or IOException
                        or UnauthorizedAccessException
                        or Win32Exception
            )
        {
            throw new BuiltinBuildException(exception.Message, exception);
        }
    }

    private static PinnedPackage Read(BuiltinBuildContext context)
    {
        var size = context.Derivation.Environment.TryGetValue("size", out var text)
            ? long.Parse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture)
            : (long?)null;
        var hash = Hash.Parse(context.Require("outputHash").ToString(), HashKind.Sha256);
        return new()
        {
            Name = context.Require("package"),
            Version = context.Require("version"),
            Architecture = context.Require("architecture"),
            Filename = context.Require("filename"),
            Suite = context.Require("suite"),
            Component = context.Require("component"),
            Size = size,
            Sha256 = Convert.ToHexStringLower(hash.Digest),
        };
    }
}
