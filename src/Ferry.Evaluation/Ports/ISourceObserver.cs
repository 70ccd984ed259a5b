using Ferry.Formats.StorePaths;

namespace Ferry.Evaluation.Ports;

/// <summary>Hears what a program has seen of its sources besides the files in them. Any number of threads may call.</summary>
public interface ISourceObserver
{
    /// <summary>The text of a path has become part of the program's values, not only the file that is there.</summary>
    void PathSeen(string path);

    /// <summary>The last part of a path has become the name of something.</summary>
    void NameSeen(string path);

    /// <summary>The program has looked at an attribute of a fetched source, such as <c>rev</c>.</summary>
    void AttributeSeen(StorePath source, string name);

    /// <summary>The program can tell which attributes a fetched source has.</summary>
    void ShapeSeen(StorePath source);
}
