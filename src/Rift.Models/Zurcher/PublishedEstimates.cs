namespace Rift.Models;

/// <summary>A published estimate and its standard error, as printed.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">The standard error.</param>
public sealed record PublishedEstimate(string Name, double Estimate, double StandardError);

/// <summary>A column of Table IX of Rust (1987), structural estimates for the linear cost with 90 bins, at one discount.</summary>
/// <param name="Groups">The groups of buses.</param>
/// <param name="Discount">gamma: 0.9999 or 0.</param>
/// <param name="Parameters">RC, theta11, theta30 and theta31.</param>
/// <param name="LogLikelihood">The log-likelihood as it is printed, in nats.</param>
public sealed record PublishedEstimates(IReadOnlyList<int> Groups, double Discount, IReadOnlyList<PublishedEstimate> Parameters, double LogLikelihood)
{
    /// <summary>
    /// The table. Its groups 1 to 3 are not quite those of the public data: the log-likelihood of their increments differs, by 5.0 nats for groups 1 to 3 and 4.6 for all four, and with it the last
    /// printed digits of some estimates.
    /// </summary>
    public static IReadOnlyList<PublishedEstimates> TableNine { get; } =
    [
        Column([1, 2, 3], 0.9999, 11.7270, 2.602, 4.8259, 1.792, 0.3010, 0.0074, 0.6884, 0.0075, -2708.366),
        Column([4], 0.9999, 10.0750, 1.582, 2.2930, 0.639, 0.3919, 0.0075, 0.5953, 0.0075, -3304.155),
        Column([1, 2, 3, 4], 0.9999, 9.7558, 1.227, 2.6275, 0.618, 0.3489, 0.0052, 0.6394, 0.0053, -6055.250),
        Column([1, 2, 3], 0, 8.2985, 1.0417, 109.9031, 26.163, 0.3010, 0.0074, 0.6884, 0.0075, -2710.746),
        Column([4], 0, 7.6358, 0.7197, 71.5133, 13.778, 0.3919, 0.0075, 0.5953, 0.0075, -3306.028),
        Column([1, 2, 3, 4], 0, 7.3055, 0.5067, 70.2769, 10.750, 0.3489, 0.0052, 0.6394, 0.0053, -6061.641),
    ];

    /// <summary>The column of some groups, in any order, at a discount; null where the paper has none.</summary>
    /// <param name="groups">The groups of buses, from 1 to 4.</param>
    /// <param name="discount">beta, .9999 or 0.</param>
    public static PublishedEstimates? Of(IReadOnlyList<int> groups, double discount) =>
        TableNine.FirstOrDefault(column => column.Discount == discount && column.Groups.Order().SequenceEqual(groups.Order()));

    private static PublishedEstimates Column(
        int[] groups, double discount, double replacement, double replacementError, double cost, double costError, double none, double noneError, double one, double oneError, double logLikelihood) =>
        new(groups, discount, [new("RC", replacement, replacementError), new("theta11", cost, costError), new("theta30", none, noneError), new("theta31", one, oneError)], logLikelihood);
}
