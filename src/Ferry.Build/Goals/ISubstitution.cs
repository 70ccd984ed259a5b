using Ferry.Formats.StorePaths;

namespace Ferry.Build.Goals;

/// <summary>Brings store paths in from binary caches instead of building them. Joined to the builder by the program.</summary>
/// <remarks>Any number of threads may use one.</remarks>
public interface ISubstitution
{
    /// <summary>Which of the paths some cache has. May ask servers; answers are remembered for the length of a call.</summary>
    IReadOnlySet<StorePath> FindAvailable(
        IReadOnlyCollection<StorePath> paths,
        CancellationToken cancellationToken
    );

    /// <summary>Makes a path valid together with everything it refers to.</summary>
    /// <param name="path">One that <see cref="FindAvailable"/> named.</param>
    /// <param name="progress">Takes bytes done and, when known, bytes in all.</param>
    /// <param name="cancellationToken">Stops the download and leaves nothing half-done.</param>
    /// <exception cref="BuildException">No cache gave it after all.</exception>
    void Substitute(
        StorePath path,
        Action<long, long?> progress,
        CancellationToken cancellationToken
    );
}
