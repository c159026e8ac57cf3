namespace Rift.Laboratory;

/// <summary>The choices of the page by the names that links use and people read.</summary>
public static class Names
{
    private static readonly Dictionary<Enum, (string Link, string Title)> _names = new()
    {
        [Subject.Soft] = ("soft", "Soft optimum"),
        [Subject.Prior] = ("prior", "Prior"),
        [Subject.Rift] = ("rift", "RIFT"),
        [Subject.Rlif] = ("rlif", "RLIF"),
        [Subject.Expert] = ("expert", "Expert"),
        [Aspect.Values] = ("values", "Values"),
        [Aspect.Visitation] = ("visitation", "Visitation"),
        [Aspect.Gradient] = ("gradient", "Ψ gradient"),
        [Aspect.Interventions] = ("interventions", "Interventions"),
        [Arrangement.Alone] = ("alone", "One policy"),
        [Arrangement.Together] = ("together", "Side by side"),
        [Arrangement.Sweeps] = ("sweeps", "Solver sweeps"),
        [Sweeper.ValueIteration] = ("value-iteration", "Value iteration"),
        [Sweeper.GaussSeidel] = ("gauss-seidel", "Gauss-Seidel"),
        [Sweeper.PolicyIteration] = ("policy-iteration", "Soft policy iteration"),
    };

    /// <summary>The name in a link: lower case, with hyphens.</summary>
    public static string Of<T>(T choice)
        where T : struct, Enum => _names[choice].Link;

    /// <summary>The name on the page.</summary>
    public static string Title<T>(T choice)
        where T : struct, Enum => _names[choice].Title;

    /// <summary>All choices of a kind, in order.</summary>
    public static IEnumerable<T> All<T>()
        where T : struct, Enum => _names.Keys.OfType<T>();

    /// <summary>The choice of a link's name.</summary>
    /// <exception cref="FormatException">There is none: the message lists those that there are.</exception>
    public static T Parse<T>(string name)
        where T : struct, Enum
    {
        foreach (T choice in All<T>())
            if (Of(choice) == name) return choice;
        throw new FormatException($"found \"{(name.Length <= 40 ? name : name[..40])}\", expected one of {string.Join(", ", All<T>().Select(Of))}");
    }
}
