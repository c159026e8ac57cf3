using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>What the likelihood of the bus engine model needs of the records: how often Harold Zurcher kept and replaced an engine, by mileage and by how the mileage had grown.</summary>
/// <remarks>
/// Mileage since the last replacement in bins of 5,000 miles, 90 of them, the last one open; the increment of a month in bins. After a replacement the engine runs from zero, and the
/// increment is the new mileage rounded up to bins. The first month of a bus, which no increment leads to, is left out. From the public data of Rust (1987), as distributed by
/// OpenSourceEconomics (zurcher-data, MIT licence); the package carries these counts and not the records.
/// </remarks>
public sealed class BusEngineCounts
{
    /// <summary>Number of bins of mileage.</summary>
    public const int Bins = 90;

    /// <summary>Width of a bin, in miles.</summary>
    public const int BinWidth = 5000;

    private const string Header = "group,increment,bin,keep,replace";

    private readonly SortedDictionary<(int Group, int Increment, int Bin), (int Keep, int Replace)> _cells;

    private BusEngineCounts(SortedDictionary<(int, int, int), (int, int)> cells) => _cells = cells;

    /// <summary>The groups that are counted.</summary>
    public IReadOnlyList<int> Groups => [.. _cells.Keys.Select(cell => cell.Group).Distinct()];

    /// <summary>The largest increment, in bins.</summary>
    public int LargestIncrement => _cells.Keys.Max(cell => cell.Increment);

    /// <summary>The number of months that were counted.</summary>
    public int Observations => _cells.Values.Sum(cell => cell.Keep + cell.Replace);

    /// <summary>The number of replacements.</summary>
    public int Replacements => _cells.Values.Sum(cell => cell.Replace);

    /// <summary>The number of months in which the mileage grew by so many bins, from 0.</summary>
    public IReadOnlyList<int> Increments => [.. Enumerable.Range(0, LargestIncrement + 1).Select(j => _cells.Where(cell => cell.Key.Increment == j).Sum(cell => cell.Value.Keep + cell.Value.Replace))];

    /// <summary>The counts as demonstrations: state = bin, action 0 keeps and 1 replaces, outcome = increment.</summary>
    public Demonstrations Demonstrations => Mdp.Demonstrations.FromOutcomes([.. Enumerable.Range(0, LargestIncrement + 1).Select(j => StateActionTable.Create(Bins, 2, (bin, action) =>
        _cells.Where(cell => cell.Key.Increment == j && cell.Key.Bin == bin).Sum(cell => action == 0 ? cell.Value.Keep : cell.Value.Replace)))]);

    /// <summary>The counts that the package carries.</summary>
    /// <param name="groups">Numbers of groups, 1 to 4.</param>
    public static BusEngineCounts Load(params IReadOnlyList<int> groups)
    {
        SortedDictionary<(int, int, int), (int, int)> cells = [];
        using Stream stream = typeof(BusEngineCounts).Assembly.GetManifestResourceStream("zurcher.csv")!;
        using StreamReader reader = new(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            int[] numbers = [.. line.Split(',').Select(field => int.Parse(field, CultureInfo.InvariantCulture))];
            if (Checked(groups).Contains(numbers[0])) cells.Add((numbers[0], numbers[1], numbers[2]), (numbers[3], numbers[4]));
        }

        return new BusEngineCounts(cells);
    }

    /// <summary>Counts the published records.</summary>
    /// <param name="folder">The folder of the files <c>g870.asc</c>, <c>rt50.asc</c>, <c>t8h203.asc</c> and <c>a530875.asc</c>, as far as they are asked for.</param>
    /// <param name="groups">Numbers of groups, 1 to 4.</param>
    /// <returns>The counts of these groups.</returns>
    /// <exception cref="ModelFormatException">A file does not hold what it should.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static BusEngineCounts Read(string folder, params IReadOnlyList<int> groups)
    {
        SortedDictionary<(int, int, int), (int Keep, int Replace)> cells = [];
        foreach (int group in Checked(groups))
        {
            foreach (BusEngineRecord bus in BusEngineRecords.Read(folder, group))
            {
                IReadOnlyList<int> replaced = bus.ReplacementMonths;
                for (int month = 1; month < bus.Odometer.Count; month++)
                {
                    int miles = bus.Mileage(month), bin = miles / BinWidth;
                    int increment = replaced.Contains(month - 1) ? (miles + BinWidth - 1) / BinWidth : bin - (bus.Mileage(month - 1) / BinWidth);
                    (int, int, int) cell = (group, increment, Math.Min(bin, Bins - 1));
                    (int keep, int replace) = cells.GetValueOrDefault(cell);
                    cells[cell] = replaced.Contains(month) ? (keep, replace + 1) : (keep + 1, replace);
                }
            }
        }

        return new BusEngineCounts(cells);
    }

    /// <summary>The counts as the package carries them: CSV with a header, one line for each cell that is not empty.</summary>
    public string ToCsv() => string.Concat(
        _cells.Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Key.Group},{cell.Key.Increment},{cell.Key.Bin},{cell.Value.Keep},{cell.Value.Replace}\n")).Prepend($"{Header}\n"));

    private static IReadOnlyList<int> Checked(IReadOnlyList<int> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0 || groups.Any(group => !BusEngineRecords.Groups.Contains(group)) || groups.Distinct().Count() != groups.Count)
            throw new ArgumentException($"found the groups \"{string.Join(',', groups)}\", expected some of {string.Join(", ", BusEngineRecords.Groups)}, each once", nameof(groups));
        return groups;
    }
}
