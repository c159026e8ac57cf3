namespace Rift.Experiments;

/// <summary>The tabular counterpart of a figure of the paper: experiments, claims, criteria, charts.</summary>
public abstract class Reproduction
{
    /// <summary>What <c>rift reproduce</c> calls it.</summary>
    public abstract string Figure { get; }

    /// <summary>Other names.</summary>
    public virtual IReadOnlyList<string> AlsoCalled => [];

    /// <summary>What it is about.</summary>
    public abstract string Title { get; }

    /// <summary>What is done and what is to be known of it, as Markdown.</summary>
    public abstract string Text { get; }

    /// <summary>The experiments it is made of: names of built-in specifications.</summary>
    public abstract IReadOnlyList<string> Experiments { get; }

    /// <summary>The paper's claims, decided by the results.</summary>
    /// <param name="data">The results of the experiments.</param>
    public abstract IEnumerable<Claim> Claims(ReproductionData data);

    /// <summary>What has to hold whatever becomes of the claims: facts, and what is known of these settings.</summary>
    /// <param name="data">The results of the experiments.</param>
    public abstract IEnumerable<Measurement> Criteria(ReproductionData data);

    /// <summary>The pictures.</summary>
    /// <param name="data">The results of the experiments.</param>
    public abstract IEnumerable<Chart> Charts(ReproductionData data);

    /// <summary>The experiments whose numbers are compared with the prototype's here. Default: all of them.</summary>
    public virtual IReadOnlyList<string> Compared => Experiments;

    /// <summary>Ours beside what an independent prototype found.</summary>
    /// <param name="data">The results of the experiments.</param>
    public IReadOnlyList<Comparison> Comparisons(ReproductionData data) => [.. PrototypeNumber.All.Where(number => Compared.Contains(number.Experiment)).Select(number => number.With(data))];

    /// <summary>All of them, in the paper's order.</summary>
    public static IReadOnlyList<Reproduction> All { get; } = [new Figure1(), new Figure5(), new Figure6(), new Figure8(), new Figure10(), new Figure11(), new Figure13(), new Strategies(), new Sampled(), new LanderRows()];

    /// <inheritdoc/>
    public override string ToString() => Figure;

    private protected const string Lake = "frozenlake:8x8", Pits = "pits12", Rooms = "fourrooms", Cliff = "windycliff", Taxi = "taxi";
    private protected const string High = "high", Medium = "medium", Low = "low", Weak = "weak", Strong = "strong", Rift = "rift";
    private protected static readonly string[] Levels = [High, Medium, Low];

    private protected const string Band = "lines: means over 20 priors; bands: 10th to 90th percentile";

    /// <summary>A world as a panel's title has it.</summary>
    private protected static string NameOf(string world) => world switch
    {
        Lake => "FrozenLake 8x8",
        Pits => "Pits12",
        Rooms => "FourRooms",
        Cliff => "WindyCliff",
        Taxi => "Taxi",
        _ => world,
    };

    /// <summary>A line over the KL weight, or over another number of a row.</summary>
    private protected static ChartSeries Line(string name, ChartColor color, IEnumerable<double> across, Func<double, Sample> sample) =>
        new(name, color, [.. across.Order().Select(x => ChartPoint.Of(x, sample(x)))]);

    /// <summary>A line over named places.</summary>
    private protected static ChartSeries Over<T>(string name, ChartColor color, IEnumerable<T> places, Func<T, Sample> sample) =>
        new(name, color, [.. places.Select((place, i) => ChartPoint.Of(i, sample(place)))]);
}
