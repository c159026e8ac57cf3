using FsCheck.NUnit;
using Rift.Mdp;
using Rift.Testing;

namespace Rift.Theory.Tests;

/// <summary>The fast solvers' certificates hold the double-double solution of the stored doubles, taken as they are and divided by their row sums.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries), typeof(ProductArbitraries)], MaxTest = 200)]
public class LiteralCertificateTests
{
    private static readonly SoftAlgorithm[] _algorithms =
    [
        new Auto(),
        new Auto { Tolerance = Tolerance.RoundingFloor },
        new ValueIteration { MaxIterations = 50 },
        new ModifiedPolicyIteration { MaxIterations = 500 },
        new GaussSeidel { MaxIterations = 500 },
        new SoftPolicyIteration { Linear = LinearMethod.Elimination },
        new SoftPolicyIteration { Linear = LinearMethod.Krylov, MaxIterations = 3 },
    ];

    public static IEnumerable<OracleCase> Cases => OracleCase.All;

    [TestCaseSource(nameof(Cases))]
    public void The_golden_cases_lie_inside(OracleCase golden)
    {
        using (Assert.EnterMultipleScope())
        {
            AssertBrackets(golden.Scenario.Expert);
            AssertBrackets(golden.Scenario.Candidate);
            AssertBrackets(SoftProblem.ResidualQLearning(golden.Scenario.Mdp, golden.Scenario.Prior, golden.Scenario.ResidualReward, golden.Scenario.Temperature, 2));
            AssertScenario(golden.Scenario);
        }
    }

    [Property]
    public void Random_problems_with_base_measures_lie_inside(SmallProblem small) => AssertBrackets(small.Problem);

    [Property(MaxTest = 100)]
    public void Random_problems_at_a_discount_next_to_one_lie_inside(SmallProblem small) => AssertBrackets((small with { Discount = 1 - 1e-9 }).Problem);

    [Property(MaxTest = 50)]
    public void Products_that_are_not_stored_lie_inside(SmallProduct product)
    {
        SoftProblem problem = product.Problem(product.Kernel);
        AssertBrackets(problem);
        AssertBrackets(problem, ExactProducts(product, problem.Mdp.Kernel));
    }

    [Property]
    public void Everything_bounded_in_a_random_scenario_lies_inside(SmallProblem small) => AssertScenario(ScenarioOf.Plan(small));

    /// <summary>The brackets hold the optimum of the problem's stored doubles, or with the probabilities given in their place.</summary>
    private static void AssertBrackets(SoftProblem problem, DoubleDouble[,,]? kernel = null)
    {
        foreach (bool normalise in kernel is null ? (bool[])[false, true] : [false])
        {
            LiteralProblem<DoubleDouble> literal = LiteralProblem.Of<DoubleDouble>(problem, normalise);
            if (kernel is not null) literal = literal with { Kernel = kernel };
            LiteralSolution<DoubleDouble> exact = Literal.Optimum(literal);
            foreach (SoftAlgorithm algorithm in _algorithms)
            {
                SoftSolution solution = algorithm.Solve(problem);
                Certificate certificate = solution.Certificate;
                string where = $"{solution.Algorithm}, rows {(normalise ? "normalised" : "as stored")}";
                double yardstick = (exact.Residual + (1e-30 * exact.V.Max(x => x.Magnitude))) / (1 - problem.Mdp.Discount);
                Assert.That(yardstick, Is.LessThanOrEqualTo(1e-3 * certificate.HalfWidth), $"error of the yardstick, {where}");
                double[] lower = certificate.Lower, upper = certificate.Upper;
                for (int s = 0; s < lower.Length; s++)
                    Assert.That(exact.V[s] >= lower[s] && exact.V[s] <= upper[s], $"V({s}) = {exact.V[s]} in [{lower[s]:R}, {upper[s]:R}], {where}");
                for (int i = 0; i < exact.Q.Length; i++)
                {
                    (int s, int a) = (i / problem.Mdp.Actions, i % problem.Mdp.Actions);
                    if (problem.Base(s, a) == double.NegativeInfinity || !problem.Mdp.IsAvailable(s, a)) continue;
                    AssertWithin(solution.Q[i], exact.Q[s, a], certificate.QRadius, $"Q({s},{a}), {where}");
                    AssertWithin(solution.Policy.LogProbability(s, a), exact.LogPolicy[s, a], certificate.LogPolicyRadius, $"log pi({s},{a}), {where}");
                }
            }
        }
    }

    /// <summary>The probabilities of a product, multiplied in double-double.</summary>
    private static DoubleDouble[,,] ExactProducts(SmallProduct product, TransitionKernel kernel)
    {
        DoubleDouble[,,] exact = new DoubleDouble[kernel.States, kernel.Actions, kernel.States];
        foreach ((int s, int a, int next, double[] factors) in product.Products)
            exact[s, a, next] += factors.Aggregate((DoubleDouble)1, (probability, factor) => probability * factor);
        for (int s = ((KroneckerKernel)kernel).LiveStates; s < kernel.States; s++) exact[s, 0, s] = 1;
        return exact;
    }

    private static void AssertScenario(Scenario scenario)
    {
        // The policies are those given, as they are: only the process has two readings.
        SolvedScenario solved = new(scenario);
        MarkovDecisionProcess mdp = scenario.Mdp;
        DoubleDouble[,] logPi = Logs(scenario.Policy), logExpert = Logs(solved.Expert.Policy), logCandidate = Logs(solved.Candidate.Policy);
        foreach (bool normalise in (bool[])[false, true])
        {
            LiteralProblem<DoubleDouble> problem = LiteralProblem.Of<DoubleDouble>(scenario.Candidate, normalise);
            string rows = normalise ? "rows normalised" : "rows as stored";
            DoubleDouble[,] optimum = Literal.Optimum(problem).LogPolicy;
            foreach ((string name, DoubleDouble[,] policy, Visitation visitation) in new[]
            {
                ("pi", logPi, Visitation.Of(mdp, scenario.Policy)), ("pi*", logExpert, solved.Imitation.ExpertVisitation), ("pihat", logCandidate, solved.CandidateVisitation),
            })
            {
                AssertWithin(visitation.States.Values, Literal.StateVisitation(problem, policy), visitation.States.ErrorBound, $"rho of {name}, {rows}");
                AssertWithin(visitation.Pairs.Entries, LiteralCase.Flat(Literal.Occupancy(problem, policy)), visitation.PairsErrorBound, $"mu of {name}, {rows}");
            }

            PolicyValue value = PolicyValue.Of(scenario.Candidate, scenario.Policy);
            DoubleDouble[] exact = Literal.PolicyV(problem, logPi);
            for (int s = 0; s < mdp.States; s++) AssertWithin(value.Values.Values[s], exact[s], value.Values.ErrorBound, $"V^pi({s}), {rows}");
            AssertWithin(value.Objective.Value, Literal.Objective(problem, logPi), value.Objective.ErrorBound, $"J(pi), {rows}");
            AssertWithin(solved.Psi.Value, Literal.Psi(problem, logExpert, optimum), solved.Psi.ErrorBound, $"Psi(pihat), {rows}");
            CertifiedNumber ofPolicy = solved.Imitation.Psi(scenario.Policy);
            AssertWithin(ofPolicy.Value, Literal.Psi(problem, logExpert, logPi), ofPolicy.ErrorBound, $"Psi(pi), {rows}");
            DoubleDouble[,] gradient = Literal.Gradient(problem, logExpert, optimum);
            for (int i = 0; i < gradient.Length; i++)
                AssertWithin(solved.Gradient[i], gradient[i / mdp.Actions, i % mdp.Actions], solved.GradientErrorBound, $"gradient[{i}], {rows}");
        }
    }

    private static DoubleDouble[,] Logs(Policy policy)
    {
        DoubleDouble[,] logs = new DoubleDouble[policy.States, policy.Actions];
        for (int s = 0; s < policy.States; s++)
            for (int a = 0; a < policy.Actions; a++)
                logs[s, a] = policy.LogProbability(s, a);
        return logs;
    }

    private static void AssertWithin(double found, DoubleDouble exact, double bound, string where) =>
        Assert.That(DoubleDouble.Abs(exact - found) <= bound, $"{where}: found {found:R}, exact {exact}, bound {bound:R}, error {DoubleDouble.Abs(exact - found).High:G3}");

    private static void AssertWithin(ReadOnlySpan<double> found, DoubleDouble[] exact, double bound, string where)
    {
        DoubleDouble error = 0;
        for (int i = 0; i < found.Length; i++) error += DoubleDouble.Abs(exact[i] - found[i]);
        Assert.That(error <= bound, $"{where}: error {error.High:G3} in the 1-norm, bound {bound:G3}");
    }
}
