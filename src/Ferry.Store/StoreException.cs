namespace Ferry.Store;

/// <summary>A store could not do what it was asked for: something is missing, broken or refused by the system.</summary>
public class StoreException : Exception
{
    public StoreException(string message)
        : base(message) { }

    public StoreException(string message, Exception inner)
        : base(message, inner) { }
}
