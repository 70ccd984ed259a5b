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
public sealed class DebianFetchBuilder(PackageFetcher fetcher, PinRenewal renewal) : IBuiltinBuilder
{
    // How long a failure waits for the stop that the same failure of another package has caused.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private int _failures;

    public string Name => "builtin:debian-fetch";

    public void Build(BuiltinBuildContext context)
    {
        var package = Read(context);
        context.Progress(0, package.Size);
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
            renewal.Renew(exception, context.CancellationToken);
            // Whoever runs the builds has been told to stop them; what they end with is the renewal's.
            context.CancellationToken.ThrowIfCancellationRequested();
            throw new BuiltinBuildException(exception.Message, exception);
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
            // A mirror that is off fails for sixty packages at once, which is told once unless builds keep going.
            if (
                Interlocked.Increment(ref _failures) > 1
                && context.CancellationToken.WaitHandle.WaitOne(s_patience)
            )
                throw new OperationCanceledException(context.CancellationToken);
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
