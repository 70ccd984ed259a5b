using Ferry.Store;

namespace Ferry.Build.Outputs;

public interface IOutputStore : IStore
{
    string StateDirectory { get; }
    void Register(IReadOnlyList<PathInfo> infos);
}
