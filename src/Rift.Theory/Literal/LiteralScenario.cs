using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A scenario on the literal path in double-double, with what statements share, computed on first use: the second road to the ledger.</summary>
/// <remarks>
/// <para>Transition rows, the initial distribution and the given policies are divided by their sums in double-double; nothing comes from the solvers of the fast path. Not safe to share between threads.</para>
/// <para>The error model, with u = 2^-102, four times the error bound of a double-double product and that of an exponential, for each operation, and B the largest number that is added up:
/// a sum over states and actions and what joins its terms errs by (S + A + 8) u B (<see cref="Rounding(double)"/>), rows that sum to one within as much included. A linear system of
/// size n, diagonally dominant as I - gamma P is, is taken to be solved by elimination with a residual of at most 4 n^2 u |x| (<see cref="Elimination"/>), as without pivoting (Higham 2002); that pivoting keeps it is assumed. Whatever satisfies
/// its equation up to a residual errs by (residual + rounding) / (1 - gamma): V, V^pi and their derivatives in the sup norm, rho and mu in the 1-norm. log pi errs by twice the error of V over
/// alpha and the rounding of Q/alpha + l; if it errs by e everywhere, a row of pi does by e^e - 1 in the 1-norm, and mu by that over 1 - gamma. All bounds are of first order in u.</para>
/// </remarks>
public sealed class LiteralScenario
{
    private const int DirectionCount = 2;

    /// <summary>Nothing is solved yet.</summary>
    /// <param name="scenario">The scenario; S^2 A memory is taken for it.</param>
    public LiteralScenario(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Scenario = scenario.Validated();
        CandidateProblem = LiteralProblem.Of<DoubleDouble>(scenario.Candidate, normalise: true);
        ExpertProblem = CandidateProblem with { Reward = Table(scenario.ExpertReward) };
        ResidualReward = Table(scenario.ResidualReward);
        Potential = [.. scenario.Potential.Select(DoubleDouble.FromDouble)];
    }

    /// <summary>2^-102: the largest relative error of an operation.</summary>
    public static double Unit { get; } = Math.ScaleB(1, -102);

    /// <summary>The scenario in double.</summary>
    public Scenario Scenario { get; }

    /// <summary>The candidate's problem.</summary>
    public LiteralProblem<DoubleDouble> CandidateProblem { get; }

    /// <summary>The expert's problem: the same with the reward r*.</summary>
    public LiteralProblem<DoubleDouble> ExpertProblem { get; }

    /// <summary>r_R, S x A.</summary>
    public DoubleDouble[,] ResidualReward { get; }

    /// <summary>F(s), S numbers.</summary>
    public DoubleDouble[] Potential { get; }

    /// <summary>alpha.</summary>
    public DoubleDouble Temperature => CandidateProblem.Temperature;

    /// <summary>gamma.</summary>
    public DoubleDouble Discount => CandidateProblem.Discount;

    /// <summary>1/(1 - gamma).</summary>
    public double Horizon => 1 / (1 - Scenario.Mdp.Discount);

    /// <summary>Vhat, Qhat, log pihat.</summary>
    public BoundedSolution Candidate => field ??= Solve(CandidateProblem);

    /// <summary>V*, Q*, log pi*.</summary>
    public BoundedSolution Expert => field ??= Solve(ExpertProblem);

    /// <summary>log pi0, S x A, its rows normalised.</summary>
    public DoubleDouble[,] LogPrior => field ??= Normalised(Scenario.Prior);

    /// <summary>log pi of the policy to evaluate, S x A, its rows normalised.</summary>
    public DoubleDouble[,] LogPolicy => field ??= Normalised(Scenario.Policy);

    /// <summary>log of the uniform distribution over the available actions of each state, S x A.</summary>
    public DoubleDouble[,] LogUniform => field ??= Normalised(Policy.Uniform(Scenario.Mdp.Kernel));

    /// <summary>rho* of the expert.</summary>
    public DoubleDouble[] ExpertVisitation => field ??= Literal.StateVisitation(CandidateProblem, Expert.LogPolicy);

    /// <summary>mu* of the expert.</summary>
    public DoubleDouble[,] ExpertOccupancy => field ??= Literal.Occupancy(CandidateProblem, Expert.LogPolicy);

    /// <summary>mu of pihat.</summary>
    public DoubleDouble[,] CandidateOccupancy => field ??= Literal.Occupancy(CandidateProblem, Candidate.LogPolicy);

    /// <summary>The gradient of Psi by (10).</summary>
    public DoubleDouble[,] Gradient => field ??= Table((s, a) => (CandidateOccupancy[s, a] - ExpertOccupancy[s, a]) / Temperature);

    /// <summary>A bound of the error in the 1-norm of rho and mu of a policy that is given by its logarithms.</summary>
    public double VisitationError => Horizon * (Elimination(States, 1) + Rounding(1));

    /// <summary>Number of states.</summary>
    public int States => CandidateProblem.States;

    /// <summary>Number of actions.</summary>
    public int Actions => CandidateProblem.Actions;

    /// <summary>(S + A + 8) u times a size: the error of a sum over states and actions of terms that are together at most so large.</summary>
    /// <param name="size">The largest size of a number that is added up.</param>
    public double Rounding(double size) => Rounding(CandidateProblem, size);

    /// <summary>The same for a problem of another size.</summary>
    internal static double Rounding(LiteralProblem<DoubleDouble> problem, double size) => (problem.States + problem.Actions + 8) * Unit * size;

    /// <summary>4 n^2 u times a size: the residual of a linear system solved by elimination.</summary>
    /// <param name="equations">n.</param>
    /// <param name="size">The largest size of a number that is added up.</param>
    public static double Elimination(int equations, double size) => 4.0 * equations * equations * Unit * size;

    /// <summary>How far an occupancy moves in the 1-norm when log pi moves by at most so much.</summary>
    /// <param name="logError">How far each entry of log pi may be off, at least 0.</param>
    public double Drift(double logError) => Horizon * RowDrift(logError);

    /// <summary>How far a row of a policy moves in the 1-norm when log pi moves by at most so much.</summary>
    /// <param name="logError">How far each entry of log pi may be off, at least 0.</param>
    public static double RowDrift(double logError) => Math.Min(2, logError < 1e-5 ? 1.01 * logError : Math.Exp(logError) - 1);

    /// <summary>Solves a problem with this shape and discount.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>The solution with its errors.</returns>
    public BoundedSolution Solve(LiteralProblem<DoubleDouble> problem) => new(this, problem);

    /// <summary>Residual Q-learning from a prior with temperature and KL weight omega, prior scale one.</summary>
    /// <param name="logPrior">log pi0, S x A.</param>
    /// <param name="residualReward">r_R, S x A.</param>
    /// <param name="omega">The temperature and KL weight, positive.</param>
    public BoundedSolution FineTune(DoubleDouble[,] logPrior, DoubleDouble[,] residualReward, DoubleDouble omega) =>
        Solve(Literal.FineTuning(CandidateProblem, logPrior, residualReward, omega));

    /// <summary>Psi of a policy that is known up to an error of its logarithms, against an expert given by its own: the error, and the rounding and the error of rho* against the largest divergence there could be.</summary>
    /// <param name="logExpert">log pi*, S x A.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="logError">How far each entry of log pi may be off, at least 0.</param>
    public (DoubleDouble Value, double Error) Psi(DoubleDouble[,] logExpert, DoubleDouble[,] logPolicy, double logError) =>
        (Literal.Psi(CandidateProblem, logExpert, logPolicy), logError + (LargestLogRatio(logExpert, logPolicy) * (VisitationError + Rounding(1))));

    /// <summary>The largest |log pi* - log pi| where the expert acts: no divergence of a state is larger.</summary>
    /// <param name="logExpert">log pi*, S x A.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    public double LargestLogRatio(DoubleDouble[,] logExpert, DoubleDouble[,] logPolicy) => Size(Available((s, a) => logExpert[s, a] - logPolicy[s, a]));

    /// <summary>&lt;x, mu&gt; of a policy that is known up to an error of its logarithms, for |x| at most 1.</summary>
    /// <param name="table">x, S x A, of size at most 1.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="logError">How far each entry of log pi may be off, at least 0.</param>
    public (DoubleDouble Value, double Error) Rate(DoubleDouble[,] table, DoubleDouble[,] logPolicy, double logError) =>
        (InnerProduct(table, Literal.Occupancy(CandidateProblem, logPolicy)), VisitationError + Drift(logError) + Rounding(1));

    /// <summary>pi(a|s) of a policy that is known up to an error of its logarithms.</summary>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    /// <param name="logError">How far each entry of log pi may be off, at least 0.</param>
    public (DoubleDouble Value, double Error) Probability(DoubleDouble[,] logPolicy, int state, int action, double logError)
    {
        ArgumentNullException.ThrowIfNull(logPolicy);
        DoubleDouble p = DoubleDouble.Exp(logPolicy[state, action]);
        return (p, p.High * (RowDrift(logError) + Rounding(1)));
    }

    /// <summary>The entropy in a state, in nats, of a policy that is known up to an error e of its logarithms: a term p log p is off by at most p ((e^e - 1) (|log p| + e) + e).</summary>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="logError">How far each entry of log pi may be off, at least 0.</param>
    public (DoubleDouble Value, double Error) Entropy(DoubleDouble[,] logPolicy, int state, double logError)
    {
        ArgumentNullException.ThrowIfNull(logPolicy);
        DoubleDouble entropy = -Dense.Sum(Actions, a => IsAvailable(state, a) ? DoubleDouble.Exp(logPolicy[state, a]) * logPolicy[state, a] : 0);
        return (entropy, (RowDrift(logError) * (entropy.Magnitude + logError)) + logError + Rounding(entropy.Magnitude + 1));
    }

    /// <summary>V^pi of a problem and its error, from the residual of (2) and (3).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    public (DoubleDouble[] V, double Error) PolicyValue(LiteralProblem<DoubleDouble> problem, DoubleDouble[,] logPolicy)
    {
        DoubleDouble[] value = Literal.PolicyV(problem, logPolicy), back = Literal.AverageQ(problem, logPolicy, Literal.Q(problem, value));
        double residual = Enumerable.Range(0, value.Length).Max(s => (value[s] - back[s]).Magnitude);
        return (value, Horizon * (residual + Rounding(EvaluationSize(problem, logPolicy, value))));
    }

    /// <summary>J(pi) of a problem and its error.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    public (DoubleDouble Value, double Error) Objective(LiteralProblem<DoubleDouble> problem, DoubleDouble[,] logPolicy)
    {
        (DoubleDouble[] value, double error) = PolicyValue(problem, logPolicy);
        return (Literal.InitialExpectation(problem, value), error + Rounding(Size(value)));
    }

    /// <summary>J of a policy of which only a neighbour is at hand, |log pi' - log pi| at most so much: by the performance difference lemma, an advantage for each unit of row drift.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="logError">How far each entry of log pi may be off, at least 0.</param>
    public (DoubleDouble Value, double Error) ObjectiveNear(LiteralProblem<DoubleDouble> problem, DoubleDouble[,] logPolicy, double logError)
    {
        (DoubleDouble[] value, double error) = PolicyValue(problem, logPolicy);
        double size = EvaluationSize(problem, logPolicy, value), change = (RowDrift(logError) * 2 * size) + (problem.Temperature.High * logError);
        return (Literal.InitialExpectation(problem, value), error + Rounding(size) + (Horizon * change));
    }

    /// <summary>The largest number that is added up in evaluating a policy.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="value">V^pi, S entries.</param>
    public static double EvaluationSize(LiteralProblem<DoubleDouble> problem, DoubleDouble[,] logPolicy, DoubleDouble[] value) =>
        Size(value) + Size(problem.Reward) + (problem.Temperature.High * (1 + Size(logPolicy) + Size(problem.LogBase)));

    /// <summary>J x = (I - gamma W)^-1 x at pihat as it was computed, S x A, and its error.</summary>
    /// <param name="direction">The direction x of the reward, S x A.</param>
    public (DoubleDouble[,] Image, double Error) Jacobian(DoubleDouble[,] direction)
    {
        DoubleDouble[,] image = Literal.JTimes(CandidateProblem, Candidate.LogPolicy, direction);
        double size = Size(image);
        return (image, Horizon * (Elimination(States * Actions, size) + Rounding(size)));
    }

    /// <summary>Directions in which derivatives are taken: tables of signs at the available pairs, which no wrong gradient survives but by chance.</summary>
    /// <param name="random">The stream to draw from.</param>
    public IReadOnlyList<DoubleDouble[,]> Directions(SplittableRandom random) =>
        [.. Enumerable.Range(0, DirectionCount).Select(_ => Table(Theory.Directions.Signs(Scenario.Mdp, random)))];

    /// <summary>A table in double-double.</summary>
    /// <param name="table">The table, S x A.</param>
    public static DoubleDouble[,] Table(StateActionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Dense.Table(table.States, table.Actions, (s, a) => (DoubleDouble)table[s, a]);
    }

    /// <summary>A table of this shape, entry by entry.</summary>
    /// <param name="entry">The entry of a state and an action.</param>
    public DoubleDouble[,] Table(Func<int, int, DoubleDouble> entry) => Dense.Table(States, Actions, entry);

    /// <summary>sum_s,a x(s,a) y(s,a), state by state; over the available pairs.</summary>
    /// <param name="x">x, S x A.</param>
    /// <param name="y">y, S x A.</param>
    public DoubleDouble InnerProduct(DoubleDouble[,] x, DoubleDouble[,] y) =>
        Dense.Sum(States, s => Dense.Sum(Actions, a => IsAvailable(s, a) ? x[s, a] * y[s, a] : 0));

    /// <summary>The entries at available pairs, in index order.</summary>
    /// <param name="table">The table, S x A.</param>
    public IEnumerable<DoubleDouble> Available(DoubleDouble[,] table) => Available((s, a) => table[s, a]);

    /// <summary>Entries at available pairs, in index order.</summary>
    /// <param name="entry">The entry of a state and an action.</param>
    public IEnumerable<DoubleDouble> Available(Func<int, int, DoubleDouble> entry) =>
        from s in Enumerable.Range(0, States) from a in Enumerable.Range(0, Actions) where IsAvailable(s, a) select entry(s, a);

    /// <summary>The largest size of a finite entry.</summary>
    /// <param name="numbers">The numbers.</param>
    public static double Size(IEnumerable<DoubleDouble> numbers) => numbers.Select(x => x.Magnitude).Where(double.IsFinite).DefaultIfEmpty(0).Max();

    /// <summary>The largest size of a finite entry.</summary>
    /// <param name="table">The table, S x A.</param>
    public static double Size(DoubleDouble[,] table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Size(table.Cast<DoubleDouble>());
    }

    /// <summary>Whether an action can be taken in a state.</summary>
    /// <param name="s">The state.</param>
    /// <param name="a">The action.</param>
    public bool IsAvailable(int s, int a) => Scenario.Mdp.IsAvailable(s, a);

    private DoubleDouble[,] Normalised(Policy policy)
    {
        DoubleDouble[,] logs = Table(policy.LogProbabilities);
        DoubleDouble[] sums = Dense.Vector(States, s => DoubleDouble.Log(Dense.Sum(Actions, a => DoubleDouble.Exp(logs[s, a]))));
        return Table((s, a) => logs[s, a] - sums[s]);
    }
}
