using Rift.Mdp;
using Rift.Testing;

namespace Rift.Theory.Tests;

/// <summary>Statements of the paper on the literal path, far below the rounding of double.</summary>
public class LiteralTheoremTests
{
    // The cases whose temperature, discount and rewards are of moderate size; the rest lose digits to their conditioning.
    private static readonly string[] _wellConditioned = ["p02", "p03", "p04", "p05", "p06", "p09", "p12", "p13", "p14", "p15", "p19", "p21"];

    public static IEnumerable<OracleCase> All => OracleCase.All;

    public static IEnumerable<OracleCase> WellConditioned => OracleCase.All.Where(x => _wellConditioned.Contains(x.Scenario.Id[..3]));

    [Test]
    public void The_well_conditioned_cases_are_there() => Assert.That(WellConditioned.Count(), Is.EqualTo(_wellConditioned.Length));

    [TestCaseSource(nameof(WellConditioned))]
    public void Theorem_51_holds_by_dual_numbers(OracleCase golden)
    {
        LiteralCase literal = new(golden);
        LiteralProblem<DoubleDouble> problem = literal.Candidate;
        DoubleDouble[,] expert = Literal.Optimum(literal.Expert).LogPolicy, gradient = Literal.Gradient(problem, expert, Literal.Optimum(problem).LogPolicy);
        for (int pair = 0; pair < gradient.Length; pair++)
        {
            DoubleDouble[,] direction = Coordinate(problem, pair);
            DoubleDouble error = Literal.PsiDerivative(problem, expert, direction) - Inner(direction, gradient);
            Assert.That(error.Magnitude * problem.Temperature.High, Is.LessThan(1e-27), $"pair {pair}");
        }
    }

    [TestCaseSource(nameof(WellConditioned))]
    public void Theorem_51_holds_by_central_differences_of_sixth_order(OracleCase golden)
    {
        LiteralCase literal = new(golden);
        LiteralProblem<DoubleDouble> problem = literal.Candidate;
        DoubleDouble[,] expert = Literal.Optimum(literal.Expert).LogPolicy, gradient = Literal.Gradient(problem, expert, Literal.Optimum(problem).LogPolicy);
        // In units of alpha and of the horizon Psi has derivatives of order one: the seventh times h^6 is about 1e-26, the noise 1e-30 of Psi over h about 1e-26.
        DoubleDouble step = 2e-5 * problem.Temperature * (1 - problem.Discount);
        foreach (int pair in Enumerable.Range(0, gradient.Length).Where(i => i % 3 == 0))
        {
            DoubleDouble[,] direction = Coordinate(problem, pair);
            DoubleDouble At(int steps) => Literal.Psi(problem, expert, Literal.Optimum(problem with { Reward = Plus(problem.Reward, steps * step, direction) }).LogPolicy);
            // (45 d_1 - 9 d_2 + d_3) / 60 h with d_k = f(kh) - f(-kh): errs by h^6 f'''''''/140.
            DoubleDouble difference = ((45 * (At(1) - At(-1))) - (9 * (At(2) - At(-2))) + (At(3) - At(-3))) / (60 * step);
            Assert.That((difference - Inner(direction, gradient)).Magnitude * problem.Temperature.High, Is.LessThan(1e-24), $"pair {pair}");
        }
    }

    [Property(Arbitrary = [typeof(MdpArbitraries)], MaxTest = 100)]
    public void Theorem_51_holds_by_dual_numbers_where_actions_are_missing(SmallProblem small)
    {
        Scenario scenario = ScenarioOf.Plan(small with { Discount = Math.Min(small.Discount, 0.9), Temperature = Math.Max(small.Temperature, 0.5) });
        LiteralProblem<DoubleDouble> problem = LiteralProblem.Of<DoubleDouble>(scenario.Candidate, normalise: true);
        DoubleDouble[,] expert = Literal.Optimum(LiteralProblem.Of<DoubleDouble>(scenario.Expert, normalise: true)).LogPolicy;
        DoubleDouble[,] direction = Table(problem.Reward, (_, s, a) => scenario.Mdp.IsAvailable(s, a) ? (DoubleDouble)Math.Cos((s * problem.Actions) + a) : 0);
        DoubleDouble error = Literal.PsiDerivative(problem, expert, direction) - Inner(direction, Literal.Gradient(problem, expert, Literal.Optimum(problem).LogPolicy));
        // log pi errs by about a roundoff of Q / alpha and the policy with it; twice a horizon of ten.
        double size = 100 * (1 + (problem.Reward.Cast<DoubleDouble>().Max(x => x.Magnitude) / scenario.Temperature));
        Assert.That(error.Magnitude * scenario.Temperature, Is.LessThan(1e-29 * size));
    }

    [TestCaseSource(nameof(All))]
    public void Theorem_A1_holds_to_the_roundoff_of_its_terms(OracleCase golden)
    {
        LiteralCase literal = new(golden);
        LiteralProblem<DoubleDouble> problem = literal.Candidate;
        DoubleDouble[,] expert = Literal.Optimum(literal.Expert).LogPolicy;
        LiteralSolution<DoubleDouble> candidate = Literal.Optimum(problem);
        DoubleDouble achieved = Literal.Objective(problem, expert), best = Literal.InitialExpectation(problem, candidate.V), divergence = Literal.DivergenceTerm(problem, expert, candidate.LogPolicy);
        // Relative to the sums that are rounded: of the largest reward or alpha log pi over the horizon.
        double largest = problem.Reward.Cast<DoubleDouble>().Concat(candidate.LogPolicy.Cast<DoubleDouble>().Select(x => problem.Temperature * x)).Max(x => x.Magnitude);
        double scale = (largest + Math.Abs(best.High)) / (1 - problem.Discount.High);
        Assert.That((achieved - (best - divergence)).Magnitude, Is.LessThanOrEqualTo(1e-30 * scale));
        if (_wellConditioned.Contains(golden.Scenario.Id[..3]))
            Assert.That((achieved - (best - divergence)).Magnitude, Is.LessThanOrEqualTo(1e-27));
    }

    [TestCaseSource(nameof(WellConditioned))]
    public void The_dual_Hessian_is_the_Jacobian_of_the_occupancy_and_second_derivatives_of_Psi_are_nested_duals(OracleCase golden)
    {
        if (!golden.Has("hessPsi")) return;
        LiteralCase literal = new(golden);
        LiteralProblem<DoubleDouble> problem = literal.Candidate;
        DoubleDouble[,] expert = Literal.Optimum(literal.Expert).LogPolicy, hessian = Literal.Hessian(problem, expert);
        for (int i = 0; i < hessian.GetLength(0); i += 2)
        {
            for (int j = 0; j < hessian.GetLength(0); j += 3)
            {
                // r + e x_i + e' x_j: the e e' part of Psi is x_i' H x_j.
                LiteralProblem<Dual<Dual<DoubleDouble>>> moving = problem.Along(Coordinate(problem, i)).Along(Lifted(Coordinate(problem, j)));
                DoubleDouble second = Literal.Psi(moving, Lifted(Lifted(expert)), Literal.Optimum(moving).LogPolicy).Derivative.Derivative;
                double scale = problem.Temperature.High * problem.Temperature.High;
                Assert.That((second - hessian[i, j]).Magnitude * scale, Is.LessThan(1e-26), $"pairs {i}, {j}");
                Assert.That((hessian[i, j] - hessian[j, i]).Magnitude * scale, Is.LessThan(1e-27), $"pairs {i}, {j}: symmetry");
            }
        }
    }

    [TestCaseSource(nameof(WellConditioned))]
    public void The_Jacobian_is_the_derivative_of_Q(OracleCase golden)
    {
        LiteralProblem<DoubleDouble> problem = new LiteralCase(golden).Candidate;
        DoubleDouble[,] jacobian = Literal.J(problem, Literal.Optimum(problem).LogPolicy);
        for (int j = 0; j < jacobian.GetLength(0); j++)
        {
            Dual<DoubleDouble>[,] slope = Literal.Optimum(problem.Along(Coordinate(problem, j))).Q;
            for (int i = 0; i < jacobian.GetLength(0); i++)
                Assert.That((slope[i / problem.Actions, i % problem.Actions].Derivative - jacobian[i, j]).Magnitude, Is.LessThan(1e-28 / (1 - problem.Discount.High)), $"{i}, {j}");
        }
    }

    [TestCaseSource(nameof(All))]
    public void The_bijections_invert_one_another(OracleCase golden)
    {
        LiteralProblem<DoubleDouble> problem = new LiteralCase(golden).Expert;
        LiteralSolution<DoubleDouble> solution = Literal.Optimum(problem);
        DoubleDouble[,] fromQ = Literal.RewardOfQ(problem, solution.Q), fromPolicy = Literal.RewardOfPolicy(problem, solution.LogPolicy, solution.V), q = Literal.QOfPolicy(problem, solution.LogPolicy, solution.V);
        double scale = solution.Q.Cast<DoubleDouble>().Max(x => x.Magnitude) + problem.Temperature.High;
        for (int s = 0; s < problem.States; s++)
        {
            for (int a = 0; a < problem.Actions; a++)
            {
                Assert.That((fromQ[s, a] - problem.Reward[s, a]).Magnitude, Is.LessThan(1e-30 * scale));
                Assert.That((fromPolicy[s, a] - problem.Reward[s, a]).Magnitude, Is.LessThan(1e-30 * scale));
                Assert.That((q[s, a] - solution.Q[s, a]).Magnitude, Is.LessThan(1e-30 * scale));
            }
        }
    }

    private static DoubleDouble[,] Coordinate(LiteralProblem<DoubleDouble> problem, int pair)
    {
        DoubleDouble[,] direction = new DoubleDouble[problem.States, problem.Actions];
        direction[pair / problem.Actions, pair % problem.Actions] = 1;
        return direction;
    }

    private static DoubleDouble[,] Plus(DoubleDouble[,] table, DoubleDouble step, DoubleDouble[,] direction) => Table(table, (x, s, a) => x + (step * direction[s, a]));

    private static Dual<T>[,] Lifted<T>(T[,] table)
        where T : struct, IReal<T> => Table(table, (x, _, _) => new Dual<T>(x, T.Zero));

    private static TResult[,] Table<T, TResult>(T[,] table, Func<T, int, int, TResult> entry)
    {
        TResult[,] result = new TResult[table.GetLength(0), table.GetLength(1)];
        for (int s = 0; s < table.GetLength(0); s++)
            for (int a = 0; a < table.GetLength(1); a++)
                result[s, a] = entry(table[s, a], s, a);
        return result;
    }

    private static DoubleDouble Inner(DoubleDouble[,] x, DoubleDouble[,] y) => x.Cast<DoubleDouble>().Zip(y.Cast<DoubleDouble>(), (a, b) => a * b).Aggregate((a, b) => a + b);
}
