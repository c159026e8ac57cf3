using Rift.Mdp;

namespace Rift.Models;

/// <summary>A world in the catalogue: its name, what it is, and its options in the order in which they may be given without their names.</summary>
public sealed class WorldEntry
{
    private readonly Func<WorldArguments, MarkovDecisionProcess> _create;

    internal WorldEntry(string name, string summary, WorldOption[] options, Func<WorldArguments, MarkovDecisionProcess> create)
    {
        Name = name;
        Summary = summary;
        Options = options;
        _create = create;
    }

    /// <summary>The world's name.</summary>
    public string Name { get; }

    /// <summary>What it is, in a line.</summary>
    public string Summary { get; }

    /// <summary>Its options, in order.</summary>
    public IReadOnlyList<WorldOption> Options { get; }

    /// <summary>How it is written, with every option at its default: <c>frozenlake,map=4x4,slippery=true,discount=0.99</c>.</summary>
    public string Usage => string.Join(',', [Name, .. Options.Select(option => option.ToString())]);

    internal MarkovDecisionProcess Create(WorldArguments arguments) => _create(arguments);
}

/// <summary>The values of a world's options, given or default.</summary>
internal sealed class WorldArguments(IReadOnlyDictionary<string, object> values)
{
    internal int Integer(string name) => (int)values[name];

    internal long Seed => (long)values["seed"];

    internal double Number(string name) => (double)values[name];

    internal double Discount => Number("discount");

    internal bool Flag(string name) => (bool)values[name];

    internal string Choice(string name) => (string)values[name];

    internal IReadOnlyList<string> Map => (IReadOnlyList<string>)values["map"];
}
