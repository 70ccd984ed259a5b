namespace Ferry.Store.Building;

/// <summary>A store whose files a builder on this machine writes itself.</summary>
public interface IOutputStore : IStore
{
    /// <summary>Where locks and build directories of this store may be kept: <c>…/var/nix</c>.</summary>
    string StateDirectory { get; }

    /// <summary>Makes paths valid whose files are in place, all in one transaction.</summary>
    /// <exception cref="StoreException">A reference is neither valid nor among them.</exception>
    void Register(IReadOnlyCollection<PathInfo> infos);
}
