namespace Ferry.Store.Local.Collection;

/// <summary>A path that was to be deleted is alive.</summary>
public sealed class CollectionRefusedException(string message, CollectionResult result)
    : StoreException(message)
{
    /// <summary>What was deleted before.</summary>
    public CollectionResult Result => result;
}
