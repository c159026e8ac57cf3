using System.Globalization;

namespace Rift.Mdp;

/// <summary>The tables given do not describe a Markov decision process: says where, what was found and what was expected.</summary>
public sealed class InvalidModelException : ArgumentException
{
    /// <summary>A model that is invalid at a place.</summary>
    /// <param name="found">What was found there.</param>
    /// <param name="expected">What was expected instead.</param>
    /// <param name="state">The state concerned, or null.</param>
    /// <param name="action">The action concerned, or null.</param>
    public InvalidModelException(string found, string expected, int? state = null, int? action = null)
        : base($"{Where(state, action)}{found}, expected {expected}")
    {
        Found = found;
        Expected = expected;
        State = state;
        Action = action;
    }

    /// <summary>The state concerned, or null where the whole model is.</summary>
    public int? State { get; }

    /// <summary>The action concerned, or null where the whole state is.</summary>
    public int? Action { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }

    private static string Where(int? state, int? action) => (state, action) switch
    {
        (null, _) => "",
        (int s, null) => string.Create(CultureInfo.InvariantCulture, $"state {s}: "),
        (int s, int a) => string.Create(CultureInfo.InvariantCulture, $"state {s}, action {a}: "),
    };
}
