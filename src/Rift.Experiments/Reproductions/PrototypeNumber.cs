using System.Globalization;
using System.Text;

namespace Rift.Experiments;

/// <summary>A number that an independent prototype printed for a setting: another program in another language, with other random numbers.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Setting">The setting.</param>
/// <param name="Printed">The number as it was printed.</param>
public sealed record PrototypeNumber(string Experiment, string Metric, Setting Setting, string Printed)
{
    private const double LargestDifferenceOfMeans = 0.05;

    /// <summary>The number.</summary>
    public double Value => double.Parse(Printed, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PrototypeNumber> All { get; } = [.. Read()];

    /// <summary>Ours beside it.</summary>
    /// <param name="data">The results of the experiments.</param>
    public Comparison With(ReproductionData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Sample ours = data.Sample(Experiment, Metric, Setting);
        int dot = Printed.IndexOf('.', StringComparison.Ordinal), decimals = dot < 0 ? 0 : Printed.Length - 1 - dot;
        return new Comparison(this, ours, ours.IsDrawn ? LargestDifferenceOfMeans * Scale : Math.Pow(10, -decimals) + ours.ErrorBound + 1e-12);
    }

    /// <summary>Returns are not probabilities: they are compared relative to their size.</summary>
    private double Scale => Metric == "return" ? Math.Max(1, Math.Abs(Value)) : 1;

    private static IEnumerable<PrototypeNumber> Read()
    {
        foreach (string line in Encoding.UTF8.GetString(ExperimentFile.BuiltIn("prototype.csv")).TrimEnd().Split('\n').Skip(1))
        {
            string[] fields = [.. ResultTable.Fields(line)];
            yield return new PrototypeNumber(fields[0], fields[8], new Setting(fields[1], fields[3], fields[4], fields[2].Length == 0 ? null : fields[2])
            {
                KlWeight = Number(fields[5]),
                PriorScale = Number(fields[6]),
                Offset = Number(fields[7]),
            }, fields[9]);
        }
    }

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>A number of the prototype and ours.</summary>
/// <param name="Prototype">The prototype's.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Tolerance">How far they may be apart: one unit of the last digit printed where nothing is drawn, and 0.05 where both are means over random priors.</param>
public sealed record Comparison(PrototypeNumber Prototype, Sample Ours, double Tolerance)
{
    /// <summary>Whether they agree.</summary>
    public bool Agrees => Math.Abs(Ours.Mean - Prototype.Value) <= Tolerance;
}
