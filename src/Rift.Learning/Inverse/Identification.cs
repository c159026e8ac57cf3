using System.Globalization;
using Rift.Mdp;

namespace Rift.Learning;

/// <summary>Why the demonstrations say nothing about a direction of the parameters.</summary>
public enum Blindness
{
    /// <summary>The direction pays nothing anywhere: its features cancel.</summary>
    Dependent,

    /// <summary>The direction pays V(s) - gamma E V(s') for some V, a constant included: no decision anywhere is affected (Ng, Harada and Russell 1999).</summary>
    Shaping,

    /// <summary>The direction matters, but only in states in which nobody was seen to decide.</summary>
    Unvisited,
}

/// <summary>A direction of the parameters along which the likelihood is flat.</summary>
/// <param name="Coefficients">One number a parameter; the first that is not zero is 1.</param>
/// <param name="Names">The names of the parameters.</param>
/// <param name="Cause">Why it is flat.</param>
/// <param name="States">For <see cref="Blindness.Unvisited"/>: the states in which it would matter.</param>
public sealed record BlindDirection(IReadOnlyList<double> Coefficients, IReadOnlyList<string> Names, Blindness Cause, IReadOnlyList<int> States)
{
    /// <summary>The direction as a sum: <c>a + 2 b</c>.</summary>
    public string Combination
    {
        get
        {
            string sum = "";
            for (int k = 0; k < Coefficients.Count; k++)
            {
                if (Coefficients[k] is not (double c and not 0)) continue;
                string factor = Math.Abs(c).ToString("G4", CultureInfo.InvariantCulture), size = factor == "1" ? Names[k] : $"{factor} {Names[k]}";
                sum += sum.Length == 0 ? (c < 0 ? $"-{size}" : size) : c < 0 ? $" - {size}" : $" + {size}";
            }

            return sum;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Combination}: " + Cause switch
    {
        Blindness.Dependent => "pays nothing anywhere, for the features cancel",
        Blindness.Shaping => "changes no decision in any state, for it pays V(s) - gamma E V(s') for some V (shaping)",
        _ => $"matters only where nobody was seen to decide: state{(States.Count == 1 ? "" : "s")} {Shortened}",
    };

    private string Shortened => string.Join(", ", States.Take(8).Select(s => s.ToString(CultureInfo.InvariantCulture))) + (States.Count > 8 ? string.Create(CultureInfo.InvariantCulture, $", ... ({States.Count} in all)") : "");
}

/// <summary>What demonstrations can tell about the parameters of a process: the null space of the Fisher information (fact F2), named.</summary>
/// <remarks>
/// A direction is called flat where the scores of all decisions in visited states are zero within the proved error of the scores, or 1e-5 of their size by the parameters that make it up, where
/// a difference of nearly equal scores has no digits left. The likelihood is then flat along it at every point, for neither shaping nor a state's absence depends on the point.
/// </remarks>
public sealed class Identification
{
    // Eigenvalues of the information, scaled to a unit diagonal, are squares: this is 1e-5 of a score.
    private const double Flat = 1e-10;

    private Identification(IReadOnlyList<BlindDirection> blind, double[,] basis, int unvisited)
    {
        Blind = blind;
        Basis = basis;
        UnvisitedStates = unvisited;
    }

    /// <summary>The directions that cannot be seen, a basis of them in echelon form.</summary>
    public IReadOnlyList<BlindDirection> Blind { get; }

    /// <summary>Number of directions that can be seen.</summary>
    public int Rank => Basis.GetLength(1);

    /// <summary>Whether every parameter can be told from the data.</summary>
    public bool IsComplete => Blind.Count == 0;

    /// <summary>The number of states with a choice in which nobody was seen to decide.</summary>
    public int UnvisitedStates { get; }

    /// <summary>Whether a parameter has no part in a direction that cannot be seen, so that its own value can be told.</summary>
    /// <param name="parameter">Which one, from 0.</param>
    public bool Sees(int parameter) => Blind.All(direction => direction.Coefficients[parameter] == 0);

    /// <summary>The report in words, one line for each thing to say; none where all is identified.</summary>
    public IEnumerable<string> Lines => Blind.Select(direction => direction.ToString());

    /// <summary>The directions that can be seen: parameters x rank, scaled so that the expected information is the identity where this was found.</summary>
    internal double[,] Basis { get; }

    /// <summary>Looks for flat directions at a point.</summary>
    internal static Identification Of(Likelihood likelihood)
    {
        int parameters = likelihood.Process.Parameters, states = likelihood.Process.States;
        double[,] information = likelihood.ExpectedInformation;
        double total = likelihood.Data.Total;
        double[] scale = new double[parameters], error = [.. Enumerable.Range(0, parameters).Select(likelihood.ScoreError)];
        List<double[]> flat = [], seen = [];
        List<int> kept = [];
        for (int k = 0; k < parameters; k++)
        {
            scale[k] = Math.Sqrt(Math.Max(0, information[k, k]));
            if (scale[k] > Math.Sqrt(total) * error[k]) kept.Add(k);
            else flat.Add(Unit(parameters, k));
        }

        if (kept.Count > 0)
        {
            double[,] correlation = new double[kept.Count, kept.Count];
            for (int i = 0; i < kept.Count; i++)
                for (int j = 0; j < kept.Count; j++) correlation[i, j] = i == j ? 1 : information[kept[i], kept[j]] / (scale[kept[i]] * scale[kept[j]]);
            (double[] values, double[,] vectors) = SymmetricMatrix.Eigen(correlation);
            for (int i = 0; i < values.Length; i++)
            {
                double[] direction = new double[parameters];
                double proved = 0;
                for (int j = 0; j < kept.Count; j++)
                {
                    direction[kept[j]] = vectors[j, i] / scale[kept[j]];
                    proved += Math.Abs(direction[kept[j]]) * error[kept[j]] * Math.Sqrt(total);
                }

                if (values[i] <= Math.Max(Flat, proved * proved)) flat.Add(direction);
                else seen.Add([.. direction.Select(x => x / Math.Sqrt(values[i]))]);
            }
        }

        double[,] basis = new double[parameters, seen.Count];
        for (int i = 0; i < seen.Count; i++)
            for (int k = 0; k < parameters; k++) basis[k, i] = seen[i][k];
        int unvisited = Enumerable.Range(0, states).Count(s => likelihood.StateCount(s) == 0 && Enumerable.Range(0, likelihood.Process.Actions).Count(a => likelihood.Process.Kernel.IsAvailable(s, a)) > 1);
        return new Identification([.. Echelon(flat, scale).Select(direction => Named(likelihood, direction, error))], basis, unvisited);
    }

    private static BlindDirection Named(Likelihood likelihood, double[] direction, double[] error)
    {
        LinearProcess process = likelihood.Process;
        double size = 0, proved = 0;
        for (int k = 0; k < direction.Length; k++)
        {
            if (k < process.Features.Count) size += Math.Abs(direction[k]) * process.Features[k].Values.MaxAbs();
            proved += Math.Abs(direction[k]) * error[k];
        }

        StateActionTable paid = process.Reward(direction);
        if (direction.Skip(process.Features.Count).All(x => x == 0) && paid.MaxAbs() <= Math.Sqrt(Flat) * size) return new BlindDirection(direction, process.Names, Blindness.Dependent, []);
        StateActionTable[] scores = likelihood.Scores;
        List<int> felt = [];
        double largest = direction.Select((x, k) => Math.Abs(x) * scores[k].MaxAbs()).Max();
        for (int s = 0; s < process.States; s++)
        {
            double most = 0;
            for (int a = 0; a < process.Actions; a++)
            {
                double score = 0;
                for (int k = 0; k < direction.Length; k++) score += direction[k] * scores[k][s, a];
                most = Math.Max(most, Math.Abs(score));
            }

            if (likelihood.StateCount(s) == 0 && most > Math.Max(proved, Math.Sqrt(Flat) * largest)) felt.Add(s);
        }

        return new BlindDirection(direction, process.Names, felt.Count == 0 ? Blindness.Shaping : Blindness.Unvisited, felt);
    }

    /// <summary>The same space by vectors with as few parameters as elimination finds, each led by a 1.</summary>
    private static List<double[]> Echelon(List<double[]> flat, double[] scale)
    {
        double Weight(int k) => scale[k] > 0 ? scale[k] : 1;
        int parameters = scale.Length, row = 0;
        // Vectors of one length, whatever the units of the parameters.
        List<double[]> rows = [.. flat.Select(vector =>
        {
            double length = Math.Sqrt(vector.Select((x, k) => x * x * Weight(k) * Weight(k)).Sum());
            return vector.Select(x => x / length).ToArray();
        })];
        for (int k = 0; k < parameters && row < rows.Count; k++)
        {
            int pivot = Enumerable.Range(row, rows.Count - row).MaxBy(i => Math.Abs(rows[i][k]));
            if (Math.Abs(rows[pivot][k]) * Weight(k) <= 1e-6) continue;
            (rows[row], rows[pivot]) = (rows[pivot], rows[row]);
            double lead = rows[row][k];
            rows[row] = [.. rows[row].Select(x => x / lead)];
            for (int i = 0; i < rows.Count; i++)
            {
                if (i == row) continue;
                double factor = rows[i][k];
                rows[i] = [.. rows[i].Select((x, j) => x - (factor * rows[row][j]))];
            }

            row++;
        }

        for (int i = 0; i < row; i++)
        {
            double largest = rows[i].Select((x, k) => Math.Abs(x) * Weight(k)).Max();
            rows[i] = [.. rows[i].Select((x, k) => Math.Abs(x) * Weight(k) <= 1e-6 * largest ? 0 : x)];
        }

        return rows[..row];
    }

    private static double[] Unit(int parameters, int k)
    {
        double[] unit = new double[parameters];
        unit[k] = 1;
        return unit;
    }
}
