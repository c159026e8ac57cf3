namespace Rift.Cli;

/// <summary>Who looks at a column: people at text, Markdown and LaTeX, those at a terminal at text alone, programs at CSV, and nobody where it would say nothing.</summary>
internal enum Readers
{
    All,
    People,
    Terminal,
    Programs,
    None,
}

/// <summary>A column of a table, and how the text for a terminal lays it out.</summary>
internal sealed record Column
{
    private Column(string heading, bool isRight)
    {
        Heading = heading;
        IsRight = isRight;
    }

    /// <summary>The heading.</summary>
    public string Heading { get; }

    /// <summary>The heading for programs, which tells it from every other; as for people where nothing else is said.</summary>
    public string Name { get => field ?? Heading; init; }

    /// <summary>Whether its cells speak for themselves: text for a terminal leaves the heading out.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether its cells end at one edge, as numbers do, rather than begin there.</summary>
    public bool IsRight { get; }

    /// <summary>The least width in characters; of numbers with the space before them.</summary>
    public int Width { get; init; }

    /// <summary>The width at which a cell goes on in the next line, or null for never.</summary>
    public int? Wrap { get; init; }

    /// <summary>How far from the left edge the cells begin in text if they stand on lines of their own below their row, or null where they stand in it.</summary>
    public int? Below { get; init; }

    /// <summary>What goes before a cell below its row, in place of a heading.</summary>
    public string Lead { get; init; } = "";

    /// <summary>Who looks at it.</summary>
    public Readers Readers { get; init; }

    /// <summary>A column of words.</summary>
    internal static Column Words(string heading) => new(heading, isRight: false);

    /// <summary>A column of numbers.</summary>
    internal static Column Numbers(string heading, int width = 0) => new(heading, isRight: true) { Width = width };
}
