namespace Ferry.Store.Profiles;

/// <summary>One version of a profile: a link <c>PROFILE-NUMBER-link</c> beside it.</summary>
/// <param name="Number">Unique in the profile; a later generation has a larger one.</param>
/// <param name="Link">Absolute; points to a store object.</param>
/// <param name="CreatedSeconds">Unix seconds.</param>
public sealed record Generation(long Number, string Link, long CreatedSeconds);
