using Rift.Mdp;

namespace Rift.Models;

/// <summary>The built-in worlds by name.</summary>
/// <remarks>
/// A name is <c>world[:value,...][,option=value,...]</c>. Values without a name are those of the world's first options in order: <c>garnet:20,4,3,7</c> is
/// <c>garnet,states=20,actions=4,branching=3,seed=7</c>, and <c>frozenlake:8x8,slippery=false</c> is <c>frozenlake,map=8x8,slippery=false</c>. An option that is not
/// given has its default. Names are lower case.
/// </remarks>
public static class WorldCatalog
{
    private static readonly Dictionary<string, IReadOnlyList<string>> _lakes = new() { ["4x4"] = FrozenLake.Map4x4, ["8x8"] = FrozenLake.Map8x8 };

    /// <summary>All worlds, in the order in which they are listed.</summary>
    public static IReadOnlyList<WorldEntry> Entries { get; } =
    [
        new("frozenlake", "Gymnasium's FrozenLake-v1: cross the ice, avoid the holes",
            [WorldOption.Map("4x4", _lakes, "SFHG"), WorldOption.Flag("slippery", true, "whether a move may go sideways"), WorldOption.Discount(0.99)],
            x => FrozenLake.Create(x.Map, x.Flag("slippery"), x.Discount)),
        new("cliffwalking", "Gymnasium's CliffWalking-v1: walk along a cliff to the goal",
            [WorldOption.Flag("slippery", false, "whether a move may go sideways"), WorldOption.Discount(0.99)],
            x => CliffWalking.Create(x.Flag("slippery"), x.Discount)),
        new("taxi", "Gymnasium's Taxi-v3: fetch the passenger, bring him where he wants to go",
            [WorldOption.Choice("weather", ["dry", "rainy"], "in the rain a move may go sideways"), WorldOption.Discount(0.99)],
            x => Taxi.Create(x.Choice("weather") == "rainy", x.Discount)),
        Grid("pits12", "a 12 x 12 grid with 17 pits and slippery ground", GridWorld.Pits12),
        Grid("fourrooms", "four rooms with pits and slippery ground", GridWorld.FourRooms),
        Grid("windycliff", "a cliff walk with wind towards the cliff", GridWorld.WindyCliff),
        new("lander", "a planar lander in gusts: 108,927 states, or 1,007,370 if large, as a product that is never stored",
            [WorldOption.Choice("size", ["small", "large"], "how fine the grid is"), WorldOption.Discount(0.99)],
            x => ((x.Choice("size") == "large" ? Lander.Large : Lander.Small) with { Discount = x.Discount }).ToModel()),
        new("gridworld", "a grid world from a map of your own: . ground, S start, # wall, X pit, G goal",
            [WorldOption.Map("S.X/..G", [], ".S#XG"), .. GridOptions(slip: 0.1, wind: 0), WorldOption.Flag("stay", true, "whether there is an action that stays")],
            x => (With(new GridWorld { Map = x.Map }, x) with { CanStay = x.Flag("stay") }).ToModel()),
        new("garnet", "a random process with a given number of successors (Archibald, McKinnon and Thomas 1995)",
            [WorldOption.Integer("states", 20, 1, "states"), WorldOption.Integer("actions", 4, 1, "actions"), WorldOption.Integer("branching", 3, 1, "successors of each pair, at most the states"), WorldOption.Seed(), WorldOption.Discount(0.95)],
            x => Garnet.Create(x.Integer("states"), x.Integer("actions"), x.Integer("branching"), x.Seed, x.Discount)),
        new("chain", "a chain with a small reward at hand and a large one ahead (Strens 2000)",
            [WorldOption.Integer("states", 5, 1, "length"), WorldOption.Probability("slip", 0.2, "probability that the other action takes place"), WorldOption.Discount(0.99)],
            x => Chain.Create(x.Integer("states"), x.Number("slip"), x.Discount)),
        new("riverswim", "RiverSwim: swim against the current, or drift (Strehl and Littman 2008)",
            [WorldOption.Integer("states", 6, 2, "length"), WorldOption.Discount(0.95)],
            x => RiverSwim.Create(x.Integer("states"), x.Discount)),
        new("bandit", "one state, and arms with standard normal expected rewards",
            [WorldOption.Integer("arms", 10, 1, "arms"), WorldOption.Seed(), WorldOption.Discount(0.9)],
            x => Bandit.Random(x.Integer("arms"), x.Seed, x.Discount)),
        new("forest", "forest management: let it grow old, or cut it, while it may burn (MDPtoolbox)",
            [WorldOption.Integer("states", 3, 2, "ages"), WorldOption.Number("wait", 4, "reward of waiting at the oldest age"), WorldOption.Number("cut", 2, "reward of cutting at the oldest age"), WorldOption.Probability("fire", 0.1, "probability of a fire"), WorldOption.Discount(0.9)],
            x => Forest.Create(x.Integer("states"), x.Number("wait"), x.Number("cut"), x.Number("fire"), x.Discount)),
        new("suttonbarto", "the 5 x 5 grid of Sutton and Barto (2018, Example 3.5)",
            [WorldOption.Discount(0.9)],
            x => SuttonBartoGrid.Create(x.Discount)),
        new("zurcher", "bus engines: keep or replace, by mileage, with the costs that explain Harold Zurcher's decisions (Rust 1987)",
            [WorldOption.Choice("groups", ["1234", "123", "1", "2", "3", "4"], "the groups of buses whose monthly mileage it is"), WorldOption.Number("rc", 9.7558, "cost of a replacement"), WorldOption.Number("theta11", 2.6275, "operating cost: a month costs 0.001 of it for every 5,000 miles"), WorldOption.Discount(BusEngineModel.Discount)],
            x => Buses(BusEngineCounts.Load([.. x.Choice("groups").Select(digit => digit - '0')]), x)),
    ];

    /// <summary>The world of a name; the model is called by it.</summary>
    /// <param name="name">The name, with options after it: <c>frozenlake:8x8,slippery=false</c>.</param>
    /// <exception cref="WorldNameException">The world, an option or a value is not known: the message names it and what is near.</exception>
    public static MarkovDecisionProcess Create(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] items = name.Split(',');
        int colon = items[0].IndexOf(':', StringComparison.Ordinal);
        string world = colon < 0 ? items[0] : items[0][..colon];
        WorldEntry entry = Entries.FirstOrDefault(e => e.Name == world)
            ?? throw new WorldNameException(name, $"found no world \"{world}\", expected one such as {Nearest.Of(world, [.. Entries.Select(e => e.Name)])}");
        WorldArguments arguments = Arguments(name, entry, colon < 0 ? items[1..] : [items[0][(colon + 1)..], .. items[1..]]);
        try
        {
            MarkovDecisionProcess model = entry.Create(arguments);
            return model.WithDescription(model.Description with { Name = name });
        }
        catch (ArgumentException e)
        {
            // What only the options together decide; the framework adds the parameter's name and value on lines of their own.
            string message = e.Message.Split(" (Parameter", 2)[0], value = e is ArgumentOutOfRangeException { ActualValue: { } actual } ? FormattableString.Invariant($"found {actual}, ") : "";
            throw new WorldNameException(name, $"{e.ParamName ?? entry.Name}: {value}{message}", e);
        }
    }

    private static WorldArguments Arguments(string name, WorldEntry entry, string[] items)
    {
        Dictionary<string, string> given = [];
        bool named = false;
        foreach (string item in items)
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            named |= equals >= 0;
            if (equals < 0 && (named || given.Count >= entry.Options.Count))
                throw new WorldNameException(name, $"found \"{item}\", expected {(named ? "option=value behind another of that form" : $"no more than {entry.Options.Count} options")}");
            string key = equals < 0 ? entry.Options[given.Count].Name : item[..equals];
            if (entry.Options.All(option => option.Name != key))
                throw new WorldNameException(name, $"found no option \"{key}\", expected one such as {Nearest.Of(key, [.. entry.Options.Select(option => option.Name)])}");
            if (!given.TryAdd(key, item[(equals + 1)..])) throw new WorldNameException(name, $"found the option {key} a second time, expected it once");
        }

        return new WorldArguments(entry.Options.ToDictionary(option => option.Name, option =>
        {
            string text = given.GetValueOrDefault(option.Name, option.Default);
            return option.Parse(text) ?? throw new WorldNameException(name, $"{option.Name}: found \"{text}\", expected {option.Expected}");
        }));
    }

    private static MarkovDecisionProcess Buses(BusEngineCounts counts, WorldArguments x) =>
        BusEngineModel.Create(x.Number("rc"), x.Number("theta11"), [.. counts.Increments.Select(n => (double)n / counts.Observations)], x.Discount);

    private static WorldEntry Grid(string name, string summary, GridWorld world) =>
        new(name, summary, GridOptions(world.Slip, world.Wind), x => With(world, x).ToModel());

    private static WorldOption[] GridOptions(double slip, double wind) =>
        [WorldOption.Probability("slip", slip, "probability that a move goes sideways"), WorldOption.Probability("wind", wind, "probability that the wind blows one cell down"), WorldOption.Discount(0.99)];

    private static GridWorld With(GridWorld world, WorldArguments x) => world with { Slip = x.Number("slip"), Wind = x.Number("wind"), Discount = x.Discount };
}
