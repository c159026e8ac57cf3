using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>Where the states of a graph are drawn: in columns by their distance from the start, and where there are many columns in bands below one another.</summary>
internal sealed class GraphLayout
{
    private const int ColumnsInBand = 12;

    // User units between columns and between the states of one.
    private const double ColumnStep = 170, RowStep = 150, BandGap = 40;

    private GraphLayout((double X, double Y)[] places, double width, double height) => (Places, Width, Height) = (places, width, height);

    /// <summary>The centre of each state.</summary>
    internal (double X, double Y)[] Places { get; }

    internal double Width { get; }

    internal double Height { get; }

    internal static GraphLayout Of(MarkovDecisionProcess mdp)
    {
        List<List<int>> columns = Columns(mdp);
        (double X, double Y)[] places = new (double, double)[mdp.States];
        double top = 0, width = 0;
        for (int first = 0; first < columns.Count; first += ColumnsInBand)
        {
            List<List<int>> band = columns.GetRange(first, Math.Min(ColumnsInBand, columns.Count - first));
            double height = RowStep * band.Max(column => column.Count);
            // There and back, so that the way from band to band is short.
            if (first / ColumnsInBand % 2 == 1) band.Reverse();
            double left = first / ColumnsInBand % 2 == 1 ? ColumnStep * (ColumnsInBand - band.Count) : 0;
            for (int c = 0; c < band.Count; c++)
                for (int i = 0; i < band[c].Count; i++)
                    places[band[c][i]] = (left + (ColumnStep * (c + 0.5)), top + (height / 2) + (RowStep * (i - ((band[c].Count - 1) / 2.0))));
            width = Math.Max(width, ColumnStep * band.Count);
            top += height + BandGap;
        }

        return new GraphLayout(places, width, top - BandGap);
    }

    /// <summary>The states by the least number of steps from the start; those out of reach last. A wide column is split, so that the picture stays wider than high.</summary>
    private static List<List<int>> Columns(MarkovDecisionProcess mdp)
    {
        int[] distance = new int[mdp.States];
        Array.Fill(distance, int.MaxValue);
        List<int> reached = [.. Enumerable.Range(0, mdp.States).Where(s => mdp.Initial[s] > 0)];
        foreach (int s in reached) distance[s] = 0;
        for (int i = 0; i < reached.Count; i++)
        {
            int s = reached[i];
            for (int a = 0; a < mdp.Actions; a++)
            {
                if (!mdp.IsAvailable(s, a)) continue;
                foreach (Successor next in mdp.Kernel.Successors(s, a))
                {
                    if (distance[next.State] != int.MaxValue) continue;
                    distance[next.State] = distance[s] + 1;
                    reached.Add(next.State);
                }
            }
        }

        int tallest = Math.Max(2, (int)Math.Ceiling(Math.Sqrt(mdp.States)));
        return [.. Enumerable.Range(0, mdp.States).GroupBy(s => distance[s]).OrderBy(group => group.Key).SelectMany(group => group.Chunk(tallest)).Select(column => column.ToList())];
    }
}
