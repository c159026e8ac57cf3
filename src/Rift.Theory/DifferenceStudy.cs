using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The errors of the central differences of Psi with one step length.</summary>
/// <param name="Step">h, in units of the reward.</param>
/// <param name="Error">Error of (Psi(h) - Psi(-h)) / 2h in double, with Psi from the solvers.</param>
/// <param name="ErrorExtended">The same in double-double, with Psi from the literal path.</param>
/// <param name="ErrorSixthOrder">Error of the difference of sixth order, over -3h to 3h, in double-double.</param>
public readonly record struct DifferenceStudyPoint(double Step, double Error, double ErrorExtended, double ErrorSixthOrder);

/// <summary>Central differences of Psi along one direction of the reward against its derivative, for many step lengths: how closely Theorem 5.1 can be checked by differences, and in which precision.</summary>
/// <remarks>
/// The derivative comes from dual numbers over double-double, to about 28 digits. A difference of second order is truncated by |Psi'''| h^2 / 6; rounding adds the error of one
/// evaluation over h. Errors are absolute, in nats per unit of the reward. One solve in double and three in double-double for each sign and step: for processes of a few states.
/// </remarks>
public sealed class DifferenceStudy
{
    /// <summary>The step lengths are 2^-1 to 2^-50.</summary>
    private const int SmallestExponent = 50;

    private DifferenceStudy(Scenario scenario, IReadOnlyList<DifferenceStudyPoint> points, double thirdDerivative, double size)
    {
        Scenario = scenario;
        Points = points;
        ThirdDerivative = thirdDerivative;
        Rounding = size * Mdp.Rounding.Unit;
        RoundingExtended = size * LiteralScenario.Unit;
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The errors, from the longest step to the shortest.</summary>
    public IReadOnlyList<DifferenceStudyPoint> Points { get; }

    /// <summary>Psi''' along the direction, by dual numbers of dual numbers of dual numbers.</summary>
    public double ThirdDerivative { get; }

    /// <summary>The size of the error of one evaluation of Psi in double, for orientation and no bound: the rounding of Qhat / alpha, of which Psi is an average.</summary>
    public double Rounding { get; }

    /// <summary>The same in double-double, with the unit of <see cref="LiteralScenario.Unit"/>.</summary>
    public double RoundingExtended { get; }

    /// <summary>Measures along a random table of signs, which is 1 or -1 at every available pair.</summary>
    /// <param name="scenario">A small scenario.</param>
    /// <param name="random">For the direction.</param>
    /// <returns>The errors by length of the step.</returns>
    public static DifferenceStudy Of(Scenario scenario, SplittableRandom random)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(random);
        StateActionTable direction = Directions.Signs(scenario.Mdp, random);
        SolvedScenario solved = new(scenario);
        LiteralScenario literal = new(scenario);
        DoubleDouble[,] logExpert = literal.Expert.LogPolicy, along = LiteralScenario.Table(direction);
        DoubleDouble derivative = Literal.PsiDerivative(literal.CandidateProblem, logExpert, along);
        double Error(DoubleDouble difference) => (difference - derivative).Magnitude;
        DifferenceStudyPoint Point(double step)
        {
            double difference = (PsiAt(solved, direction, step) - PsiAt(solved, direction, -step)) / (2 * step);
            DoubleDouble Rise(double h) => PsiAt(literal, along, h) - PsiAt(literal, along, -h);
            DoubleDouble first = Rise(step), second = Rise(2 * step), third = Rise(3 * step);
            return new DifferenceStudyPoint(step, Error(difference), Error(first / (2 * step)), Error(((45.0 * first) - (9.0 * second) + third) / (60 * step)));
        }

        return new DifferenceStudy(
            scenario, [.. Enumerable.Range(1, SmallestExponent).Select(k => Point(Math.ScaleB(1, -k)))], ThirdDerivativeOf(literal, along), solved.Candidate.Q.MaxAbs() / scenario.Temperature);
    }

    private static double PsiAt(SolvedScenario solved, StateActionTable direction, double t)
    {
        SoftProblem problem = new(solved.Mdp.WithReward(solved.Mdp.Reward + (t * direction)), solved.Temperature);
        return solved.Imitation.Psi(SolvedScenario.Solve(problem, solved.Candidate.Values).Policy).Value;
    }

    private static DoubleDouble PsiAt(LiteralScenario literal, DoubleDouble[,] direction, double t)
    {
        LiteralProblem<DoubleDouble> problem = literal.CandidateProblem;
        problem = problem with { Reward = literal.Table((s, a) => problem.Reward[s, a] + (t * direction[s, a])) };
        return Literal.Psi(problem, literal.Expert.LogPolicy, Literal.Optimum(problem).LogPolicy);
    }

    /// <summary>The derivative of the derivative of the derivative.</summary>
    private static double ThirdDerivativeOf(LiteralScenario literal, DoubleDouble[,] direction)
    {
        Dual<DoubleDouble>[,] once = Literal.Constant(direction), expertOnce = Literal.Constant(literal.Expert.LogPolicy);
        LiteralProblem<Dual<Dual<DoubleDouble>>> problem = literal.CandidateProblem.Along(direction).Along(once);
        return Literal.PsiDerivative(problem, Literal.Constant(expertOnce), Literal.Constant(once)).Derivative.Derivative.ToDouble();
    }
}
