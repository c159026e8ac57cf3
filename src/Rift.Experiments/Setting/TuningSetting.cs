using System.Globalization;
using Rift.Learning;

namespace Rift.Experiments;

/// <summary>A family of ways to tune a prior: all combinations of its numbers.</summary>
public sealed record TuningSetting
{
    /// <summary>What the tuned policies are called in results.</summary>
    public required string Name { get; init; }

    /// <summary>omega, the factor of KL(pi || pi0) or of log pi0; without <see cref="Temperature"/> it is the temperature as well.</summary>
    public IReadOnlyList<double> KlWeights { get; init; } = [1];

    /// <summary>alpha where it is not omega; the prior's scale is then omega over alpha. Null: the KL form, alpha = omega.</summary>
    public double? Temperature { get; init; }

    /// <summary>The prior's scale itself, at temperature omega. Null: what omega and alpha make it.</summary>
    public IReadOnlyList<double>? PriorScales { get; init; }

    /// <summary>C, the surplus of each step in nats.</summary>
    public IReadOnlyList<double> Offsets { get; init; } = [0];

    /// <summary>Whether the ends of the model go on to earn C.</summary>
    public bool EndsEarnOffset { get; init; } = true;

    /// <summary>Whether e-stops end the episode.</summary>
    public bool StopsTerminate { get; init; }

    /// <summary>Whether the residual reward is -phi; otherwise 0.</summary>
    public bool PaysForStops { get; init; } = true;

    /// <summary>How many rounds: each tunes the policy of the round before. Every round up to the last is a result.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>How each round is learned: exactly, or from episodes with e-stops.</summary>
    public Learner Learner { get; init; }

    /// <summary>Episodes in each round, where it is learned from episodes.</summary>
    public IReadOnlyList<int> Episodes { get; init; } = [0];

    /// <summary>Whether an offline learner keeps the episodes of earlier rounds.</summary>
    public bool KeepsData { get; init; } = true;

    /// <summary>What KL weight is looked for instead of being given.</summary>
    public KlWeightSearch Search { get; init; }

    /// <summary>All combinations, KL weights innermost: neighbours are close, and each is solved from the one before.</summary>
    public IEnumerable<TuningPoint> Points =>
        from scale in PriorScales?.Select(scale => (double?)scale) ?? [null]
        from offset in Offsets
        from episodes in Episodes
        from weight in Search == KlWeightSearch.None ? KlWeights : [double.NaN]
        select new TuningPoint(this, weight, scale, offset, episodes);

    /// <summary>The setting on one line, the same for the same setting: what results depend on.</summary>
    internal string Canonical => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name}|{List(KlWeights)}|{Temperature:R}|{List(PriorScales ?? [])}|{List(Offsets)}|{EndsEarnOffset}|{StopsTerminate}|{PaysForStops}|{Rounds}|{Search}|{Learner}|{string.Join(' ', Episodes)}|{KeepsData}");

    private static string List(IReadOnlyList<double> numbers) => string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));
}

/// <summary>How a round is learned.</summary>
public enum Learner
{
    /// <summary>From phi and the dynamics.</summary>
    Exact,

    /// <summary>From all episodes at once, by certainty equivalence.</summary>
    Offline,

    /// <summary>From each transition, by residual soft Q-learning.</summary>
    Online,
}

/// <summary>What KL weight is looked for.</summary>
public enum KlWeightSearch
{
    /// <summary>None: it is given.</summary>
    None,

    /// <summary>The one at which the tuned policy is stopped as often as the expert (fact F6).</summary>
    MatchingRate,

    /// <summary>The one at which Psi is least.</summary>
    LeastPsi,
}

/// <summary>One member of a family.</summary>
/// <param name="Family">The family.</param>
/// <param name="KlWeight">omega; not a number where it is looked for.</param>
/// <param name="PriorScale">c, or null for what omega and alpha make it.</param>
/// <param name="Offset">C.</param>
/// <param name="Episodes">Episodes in each round; 0 where it is learned exactly.</param>
public sealed record TuningPoint(TuningSetting Family, double KlWeight, double? PriorScale, double Offset, int Episodes)
{
    /// <summary>The objective, with a KL weight.</summary>
    /// <param name="weight">The KL weight, positive.</param>
    public Tuning At(double weight) => new()
    {
        Temperature = Family.Temperature ?? weight,
        PriorScale = PriorScale ?? (Family.Temperature is double temperature ? weight / temperature : 1),
        Offset = Offset,
        EndsEarnOffset = Family.EndsEarnOffset,
        StopsTerminate = Family.StopsTerminate,
        PaysForStops = Family.PaysForStops,
    };

    /// <summary>Whether it is (6) itself: the temperature is the KL weight, nothing is added, and stops truncate.</summary>
    public bool IsKlForm => Family.Temperature is null && PriorScale is null or 1 && Offset == 0 && !Family.StopsTerminate;
}
