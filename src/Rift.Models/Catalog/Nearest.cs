namespace Rift.Models;

/// <summary>Which known names a misspelt one may have meant.</summary>
internal static class Nearest
{
    /// <summary>Up to three known names, the nearest first; all of them where there are few, so that a message always helps.</summary>
    internal static string Of(string name, IReadOnlyCollection<string> known)
    {
        string[] close = [.. known
            .Select(candidate => (Candidate: candidate, Distance: Distance(name, candidate)))
            .Where(pair => known.Count <= 5 || pair.Distance <= Math.Max(2, pair.Candidate.Length / 2))
            .OrderBy(pair => pair.Distance)
            .Take(3)
            .Select(pair => pair.Candidate)];
        return close.Length > 0 ? string.Join(", ", close) : string.Join(", ", known);
    }

    // The number of letters to insert, delete or replace (Levenshtein 1966), one row of the table at a time.
    private static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        for (int i = 0; i < from.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < to.Length; j++)
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j], row[j + 1]) + 1, diagonal + (from[i] == to[j] ? 0 : 1)));
        }

        return row[^1];
    }
}
