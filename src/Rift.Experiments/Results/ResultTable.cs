using System.Globalization;
using System.Text;
using Rift.Mdp;

namespace Rift.Experiments;

/// <summary>The results of an experiment: a row for each policy, seed and setting.</summary>
/// <remarks>As text: comma-separated, a heading, doubles in the shortest form that reads back to the same bits, each metric with the bound of its error in a column beside it. Immutable.</remarks>
public sealed class ResultTable
{
    private static readonly string[] _keys = ["world", "prior", "supervisor", "seed", "policy", "kl-weight", "prior-scale", "offset", "round", "episodes"];
    private const string ErrorSuffix = "-error";

    /// <summary>A table.</summary>
    /// <param name="metrics">The names of the metrics, in the order of the rows' numbers.</param>
    /// <param name="rows">The rows.</param>
    public ResultTable(IReadOnlyList<string> metrics, IReadOnlyList<ResultRow> rows)
    {
        Metrics = metrics;
        Rows = rows;
    }

    /// <summary>The names of the metrics.</summary>
    public IReadOnlyList<string> Metrics { get; }

    /// <summary>The rows, in the order of the specification's cells.</summary>
    public IReadOnlyList<ResultRow> Rows { get; }

    /// <summary>The rows that meet a condition.</summary>
    /// <param name="condition">Which rows to keep.</param>
    public ResultTable Where(Func<ResultRow, bool> condition) => new(Metrics, [.. Rows.Where(condition)]);

    /// <summary>The numbers of a metric by seed, of the rows that meet a condition; at most one for each seed.</summary>
    /// <param name="metric">The name of the metric.</param>
    /// <param name="condition">Which rows to keep.</param>
    /// <exception cref="ArgumentException">There is no such metric or no such row, a number is missing, or two rows have one seed.</exception>
    public Sample Sample(string metric, Func<ResultRow, bool> condition)
    {
        int index = Metrics.ToList().IndexOf(metric);
        if (index < 0) throw new ArgumentException($"found no metric '{metric}', expected one of {string.Join(", ", Metrics)}", nameof(metric));
        SortedDictionary<int, double> values = [];
        double error = 0;
        bool drawn = false;
        foreach (ResultRow row in Rows.Where(condition))
        {
            CertifiedNumber number = row.Metrics[index] ?? throw new ArgumentException($"found no {metric} for {row.Policy} on {row.World}, expected a number", nameof(condition));
            if (!values.TryAdd(row.Seed ?? 0, number.Value)) throw new ArgumentException($"found two rows of {row.Policy} on {row.World} for one seed, expected a condition that tells them apart", nameof(condition));
            error = Math.Max(error, number.ErrorBound);
            drawn |= row.Seed is not null;
        }

        return values.Count > 0 ? new Sample(values, drawn, error) : throw new ArgumentException($"found no row for {metric}, expected at least one", nameof(condition));
    }

    /// <summary>The table as text.</summary>
    /// <param name="heading">What stands first, behind a number sign, with the number of rows.</param>
    public string ToCsv(string heading)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {Heading(heading, Rows.Count)}\n").AppendJoin(',', _keys.Concat(Metrics.SelectMany(metric => new[] { metric, metric + ErrorSuffix }))).Append('\n');
        foreach (ResultRow row in Rows)
        {
            text.AppendJoin(',', Quoted(row.World), Quoted(row.Prior), Quoted(row.Intervention), Number(row.Seed), Quoted(row.Policy), Number(row.KlWeight), Number(row.PriorScale), Number(row.Offset), Number(row.Round), Number(row.Episodes));
            foreach (CertifiedNumber? number in row.Metrics) text.Append(',').Append(Number(number?.Value)).Append(',').Append(Number(number?.ErrorBound));
            text.Append('\n');
        }

        return text.ToString();
    }

    // The number of rows, so that a file that lost its end is noticed.
    private static string Heading(string heading, int rows) => string.Create(CultureInfo.InvariantCulture, $"{heading}, {rows} rows");

    /// <summary>Reads what <see cref="ToCsv"/> wrote; null where the heading is another one or the text is not of that form.</summary>
    internal static ResultTable? FromCsv(string text, string heading, IReadOnlyList<string> metrics)
    {
        string[] lines = text.Split('\n');
        if (lines.Length < 3 || lines[0] != $"# {Heading(heading, lines.Length - 3)}" || lines[^1].Length > 0) return null;
        if (lines[1] != string.Join(',', _keys.Concat(metrics.SelectMany(metric => new[] { metric, metric + ErrorSuffix })))) return null;
        List<ResultRow> rows = [];
        foreach (string line in lines[2..^1])
        {
            string[] fields = [.. Fields(line)];
            if (fields.Length != _keys.Length + (2 * metrics.Count) || !TryRead(fields, metrics.Count, out ResultRow? row)) return null;
            rows.Add(row!);
        }

        return new ResultTable(metrics, rows);
    }

    private static bool TryRead(string[] fields, int metrics, out ResultRow? row)
    {
        row = null;
        double?[] numbers = new double?[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            if (i is 0 or 1 or 2 or 4 || fields[i].Length == 0) continue;
            if (!double.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return false;
            numbers[i] = number;
        }

        row = new ResultRow
        {
            World = fields[0],
            Prior = fields[1],
            Intervention = fields[2],
            Seed = (int?)numbers[3],
            Policy = fields[4],
            KlWeight = numbers[5],
            PriorScale = numbers[6],
            Offset = numbers[7],
            Round = (int?)numbers[8],
            Episodes = (int?)numbers[9],
            Metrics = [.. Enumerable.Range(0, metrics).Select(m => _keys.Length + (2 * m)).Select(at => numbers[at] is double value ? new CertifiedNumber(value, numbers[at + 1] ?? 0) : (CertifiedNumber?)null)],
        };
        return true;
    }

    internal static IEnumerable<string> Fields(string line)
    {
        for (int at = 0; at <= line.Length;)
        {
            StringBuilder field = new();
            if (at < line.Length && line[at] == '"')
            {
                for (at++; at < line.Length && !(line[at] == '"' && (at + 1 == line.Length || line[at + 1] != '"')); at++)
                {
                    field.Append(line[at]);
                    if (line[at] == '"') at++;
                }

                at++;
            }
            else
            {
                for (; at < line.Length && line[at] != ','; at++) field.Append(line[at]);
            }

            yield return field.ToString();
            at++;
        }
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
