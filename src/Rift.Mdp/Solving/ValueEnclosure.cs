namespace Rift.Mdp;

/// <summary>Two functions of the states with the optimal value between them, L &lt;= V* &lt;= U, that anybody can check without solving anything.</summary>
/// <remarks>
/// <para>The soft Bellman operator T of the process as stored is monotone, and contracts where gamma times every row sum is below 1. So T U &lt;= U implies V* &lt;= U, and
/// L &lt;= T L implies L &lt;= V*: apply T again and again. In state s the first says <c>sum_a exp((r + gamma E U - U(s))/alpha + l) &lt;= 1</c> and the second the same of L
/// with <c>&gt;= 1</c>; at temperature 0 they are <c>r + gamma E U &lt;= U(s)</c> for every action and <c>r + gamma E L &gt;= L(s)</c> for some action.
/// One pass over the transitions, no logarithm, no division but by alpha. The proofs are in docs/certificates.md.</para>
/// <para>Where a policy is given, L is a bound of its value: <c>L &lt;= V^pi &lt;= V* &lt;= U</c>, so the policy is within U - L of optimal. With lambda its log-probabilities as stored,
/// the policy being exp(lambda) divided by its row sums, it suffices that <c>sum_a exp(lambda) (r + gamma E L - L(s) + alpha (l - lambda + 1)) &gt;= alpha</c>.</para>
/// <para>Unlike <see cref="Certificate"/>, which is as good as the solver that made it, nothing here depends on where the two functions come from. Immutable.</para>
/// </remarks>
public sealed class ValueEnclosure
{
    // The reserve doubles each round, and rounding is less than 2^40 roundoffs of the largest number: rows have less than 2^31 entries.
    private const int Rounds = 40;

    private readonly double[] _lower, _upper;

    /// <summary>A claim, which <see cref="Check"/> accepts or refuses.</summary>
    /// <param name="problem">The problem: process, temperature and base measure.</param>
    /// <param name="lower">L, S finite numbers.</param>
    /// <param name="upper">U, S finite numbers.</param>
    /// <param name="policy">The policy of whose value L is to be a bound, or null where it is to be one of V* alone.</param>
    /// <exception cref="ArgumentException">There are not S finite numbers, or the policy does not fit the process.</exception>
    public ValueEnclosure(SoftProblem problem, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper, Policy? policy = null)
        : this(Require.NotNull(problem), Finite(lower, problem, nameof(lower)), Finite(upper, problem, nameof(upper)), policy?.RequireFits(problem.Mdp.Kernel))
    {
    }

    private ValueEnclosure(SoftProblem problem, double[] lower, double[] upper, Policy? policy)
    {
        Problem = problem;
        _lower = lower;
        _upper = upper;
        Policy = policy;
    }

    /// <summary>The problem.</summary>
    public SoftProblem Problem { get; }

    /// <summary>L, S entries.</summary>
    public ReadOnlySpan<double> Lower => _lower;

    /// <summary>U, S entries.</summary>
    public ReadOnlySpan<double> Upper => _upper;

    /// <summary>The policy of whose value L is a bound, or null.</summary>
    public Policy? Policy { get; }

    /// <summary>The largest U - L, in the units of the reward, rounded up: how far from optimal the policy can be.</summary>
    public double Width
    {
        get
        {
            double width = double.NegativeInfinity;
            for (int s = 0; s < _lower.Length; s++) width = Math.Max(width, Outward.Up.Subtract(_upper[s], _lower[s]));
            return width;
        }
    }

    /// <summary>The enclosure that a solution has proved: its bracket, moved outward until the check accepts it.</summary>
    /// <remarks>
    /// In exact arithmetic the bracket passes as it stands. What rounding leaves open, e units of the reward in the worst state, is mended by moving the bound by
    /// (e + b)/(1 - gamma): b is a reserve for the rounding of the next check, a roundoff of the largest number at first and doubled each time.
    /// </remarks>
    /// <param name="solution">The solution, converged or not.</param>
    /// <param name="policy">A policy of whose value L is to be a bound, such as the solution's own; null for none. L is moved as far as the policy makes necessary.</param>
    /// <exception cref="ArgumentException">There is no finite bracket, or the process as stored does not contract.</exception>
    public static ValueEnclosure Of(SoftSolution solution, Policy? policy = null)
    {
        Require.NotNull(solution);
        SoftProblem problem = solution.Problem;
        EnclosureCheck check = new(problem, policy?.RequireFits(problem.Mdp.Kernel));
        double[] lower = solution.Certificate.Lower, upper = solution.Certificate.Upper;
        if (check.Rows() is not null || !MoveOutward(check, lower, Outward.Down) || !MoveOutward(check, upper, Outward.Up))
            throw new ArgumentException("found no finite bracket that can be checked, expected a solution with one", nameof(solution));
        return new ValueEnclosure(problem, lower, upper, policy);
    }

    /// <summary>Checks the claim rigorously, in outward-rounded arithmetic: O(transitions) time.</summary>
    /// <returns>Null where L &lt;= V* &lt;= U is proved, otherwise the worst place at which it is not.</returns>
    public EnclosureRefusal? Check()
    {
        EnclosureCheck check = new(Problem, Policy);
        return check.Rows() ?? check.Bound(_lower, Outward.Down) ?? check.Bound(_upper, Outward.Up);
    }

    private static bool MoveOutward(EnclosureCheck check, double[] bound, Outward side)
    {
        double reserve = check.Roundoff(bound);
        for (int round = 0; round < Rounds; round++, reserve *= 2)
        {
            if (!bound.All(double.IsFinite)) return false;
            if (check.Bound(bound, side) is not { } refusal) return true;
            double step = (refusal.Excess + reserve) / check.Contraction;
            for (int s = 0; s < bound.Length; s++) bound[s] = side.Add(bound[s], side.Sign * step);
        }

        return false;
    }

    private static double[] Finite(ReadOnlySpan<double> values, SoftProblem problem, string name)
    {
        Require.Length(values.Length, problem.Mdp.States, name);
        foreach (double value in values) Require.Finite(value, name);
        return values.ToArray();
    }
}
