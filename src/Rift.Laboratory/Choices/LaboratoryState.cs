using System.Globalization;

namespace Rift.Laboratory;

/// <summary>All that is chosen on the page: one value, from which everything shown follows, and which a link can carry.</summary>
/// <remarks>Immutable. Numbers are in the units of the reward unless said otherwise; a number out of range is refused where it is set.</remarks>
public sealed record LaboratoryState
{
    /// <summary>The choices that a fresh page shows.</summary>
    public static LaboratoryState Default { get; } = new();

    /// <summary>A built-in world with its options, or CE1 to CE5; empty where the model is another.</summary>
    public string World { get; init; } = "fourrooms";

    /// <summary>A whole model, packed into text by <see cref="PackedModel"/>; empty for none.</summary>
    public string Model { get; init; } = "";

    /// <summary>The name of a model file in the folder of the page; empty for none.</summary>
    public string File { get; init; } = "";

    /// <summary>Rewards added to every action of a state, written <c>state:reward;...</c> in order of the states: see <see cref="StateRewards"/>.</summary>
    public string Rewards { get; init; } = "";

    /// <summary>alpha of the soft optimum, and of the gradient of Psi; 0 to 1000, 0 for the hard optimum.</summary>
    public double Temperature { get; init => field = Within(value, 0, 1000, nameof(Temperature)); } = 0.003;

    /// <summary>gamma, at least 0 and at most 0.9999; null for the model's own.</summary>
    public double? Discount { get; init => field = value is double gamma ? Within(gamma, 0, LargestDiscount, nameof(Discount)) : null; }

    /// <summary>omega of (5), the factor of log pi0 in the soft optimum; 0 to 10, 0 for no prior.</summary>
    public double PriorScale { get; init => field = Within(value, 0, 10, nameof(PriorScale)); }

    /// <summary>tau of the prior, a softened expert: (1 - epsilon) softmax(Q*/tau) + epsilon uniform; 1e-4 to 1000.</summary>
    public double PriorTemperature { get; init => field = Within(value, 1e-4, 1000, nameof(PriorTemperature)); } = 0.03;

    /// <summary>epsilon of the prior, 0 to 1; 1 for the uniform policy.</summary>
    public double UniformShare { get; init => field = Within(value, 0, 1, nameof(UniformShare)); } = 0.1;

    /// <summary>omega of (6), the weight of KL(pi || pi0) in interventions per nat; 0 to 1000, 0 for the limit.</summary>
    public double KlWeight { get; init => field = Within(value, 0, 1000, nameof(KlWeight)); } = 0.1;

    /// <summary>B of the intervention rule (11); 0 to 1000.</summary>
    public double Threshold { get; init => field = Within(value, 0, 1000, nameof(Threshold)); } = 0.03;

    /// <summary>The temperature of the expert; 0 to 1000, 0 for the hard optimum.</summary>
    public double ExpertTemperature { get; init => field = Within(value, 0, 1000, nameof(ExpertTemperature)); }

    /// <summary>Whose policy is shown.</summary>
    public Subject Subject { get; init; }

    /// <summary>What its colours tell.</summary>
    public Aspect Aspect { get; init; }

    /// <summary>How the page is arranged.</summary>
    public Arrangement Arrangement { get; init; }

    /// <summary>Whose sweeps are shown.</summary>
    public Sweeper Sweeper { get; init; }

    /// <summary>How many sweeps have been made, 0 to 500.</summary>
    public int Sweep { get; init => field = (int)Within(value, 0, MostSweeps, nameof(Sweep)); } = 1;

    /// <summary>The largest discount: an expected length of ten thousand steps.</summary>
    public const double LargestDiscount = 0.9999;

    /// <summary>The most sweeps that are shown.</summary>
    public const int MostSweeps = 500;

    private static double Within(double value, double least, double most, string name) => value >= least && value <= most
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"expected a number from {least} to {most}"));
}
