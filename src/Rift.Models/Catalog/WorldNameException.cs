namespace Rift.Models;

/// <summary>A model name that the catalogue does not understand: says what was found and what was expected, and what is near.</summary>
public sealed class WorldNameException : ArgumentException
{
    /// <summary>A name that is wrong.</summary>
    /// <param name="name">The name as it was given.</param>
    /// <param name="what">What is wrong with it.</param>
    /// <param name="inner">What was thrown first, or null.</param>
    public WorldNameException(string name, string what, Exception? inner = null)
        : base($"{name}: {what}", inner) => Name = name;

    /// <summary>The name as it was given.</summary>
    public string Name { get; }
}
