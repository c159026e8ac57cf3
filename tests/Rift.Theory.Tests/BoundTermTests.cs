using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>Bounds are larger than gaps, so a bound that lost a term still holds: here each is the sum of the errors that the analysis names, counted anew in numbers that are exact.</summary>
public class BoundTermTests
{
    // gamma = 1/2 and alpha = 1/4: the horizon 1/(1 - gamma) is 2, alpha/(1 - gamma) is 1/2, the KL weight 1/2. |r| is at most 3/2; S = 3, A = 2.
    private const double Horizon = 2, LargestReward = 1.5;

    private const double Unit = Rounding.Unit;

    // A sum over states and actions on the literal path, and an elimination in S unknowns: (S + A + 8) and 4 S^2 units.
    private static readonly double _sum = 13 * LiteralScenario.Unit, _elimination = 36 * LiteralScenario.Unit;

    private static readonly Scenario _exact = Exact();

    [Test]
    public void Theorem_41_allows_for_both_certificates_and_for_what_an_inexact_policy_loses()
    {
        SoftProblem problem = SoftProblem.ResidualQLearning(_exact.Mdp, _exact.Prior, _exact.ResidualReward, 0.5);
        SoftSolution tuned = SolvedScenario.Solve(problem);
        double lost = 0.5 * Horizon * tuned.Certificate.LogPolicyRadius;
        AssertBound(Check("4.1"), ErrorOfOptimum(tuned) + PolicyValue.Of(problem, tuned.Policy).Objective.ErrorBound + lost);
    }

    [Test]
    public void Theorem_A1_allows_for_three_certificates_and_a_difference()
    {
        SolvedScenario solved = new(_exact);
        CertifiedNumber achieved = Objective.MaximumEntropy(_exact.Mdp, solved.Expert.Policy, 0.25), psi = solved.Psi;
        // alpha/(1 - gamma) Psi: four operations, then the difference, which rounds by no more than its two terms together.
        double divergence = (psi.ErrorBound / 2) + (2 * Unit * psi.Value), difference = Unit * (Math.Abs(solved.Candidate.Objective) + (psi.Value / 2));
        AssertBound(Check("A.1"), Rounding.SecondOrder * (achieved.ErrorBound + divergence + ErrorOfOptimum(solved.Candidate) + difference));
    }

    [Test]
    public void Theorem_51_allows_for_truncation_and_noise_of_the_difference_and_for_the_occupancies()
    {
        SolvedScenario solved = new(_exact);
        // Psi answers to a reward with at most 2/alpha = 8; r + t x is at most 3/2 + 1. Psi = (1 - gamma)/alpha V + affine = 2 V + affine.
        const double rewardRounding = 8 * Unit * (LargestReward + 1);
        List<double> expected = [];
        for (int pair = 0; pair < 6; pair++)
        {
            StateActionTable direction = Directions.Coordinate(_exact.Mdp, pair);
            double spread = CentralDifference.Spread(_exact.Mdp, solved.Jacobian, direction);
            (double step, double third) = CentralDifference.AlongReward(_exact.Mdp, 0.25, spread, (solved.Psi.ErrorBound + rewardRounding) / 2);
            SoftSolution[] moved = [.. new[] { step, -step }.Select(t => SolvedScenario.Solve(new SoftProblem(_exact.Mdp.WithReward(_exact.Mdp.Reward + (t * direction)), 0.25), solved.Candidate.Values))];
            CertifiedNumber[] psi = [.. moved.Select(x => solved.Imitation.Psi(x.Policy, x.Certificate.LogPolicyRadius))];
            double noise = psi.Max(x => x.ErrorBound) + rewardRounding + (Unit * psi[0].Value), truncation = step * step * third / 3;
            expected.Add((Rounding.SecondOrder * (truncation + (noise / step))) + solved.GradientErrorBound);
        }

        Assert.That(expected, Has.Some.EqualTo(Check("5.1").Bound).Within(1e-10).Percent);
    }

    [Test]
    public void Theorem_41_in_double_double_allows_for_both_values_and_their_averages()
    {
        LiteralScenario literal = new(_exact);
        BoundedSolution tuned = literal.FineTune(literal.LogPrior, literal.ResidualReward, 0.5);
        (DoubleDouble[] value, double error) = literal.PolicyValue(tuned.Problem, tuned.LogPolicy);
        double average = _sum * (LiteralScenario.Size(value) + tuned.Size), optimum = Horizon * (tuned.Residual + (_sum * tuned.Size));
        AssertBound(CheckExtended("4.1"), error + optimum + average);
    }

    [Test]
    public void Theorem_A1_in_double_double_allows_for_both_values_and_for_the_visitation()
    {
        LiteralScenario literal = new(_exact);
        BoundedSolution candidate = literal.Candidate;
        (DoubleDouble[] value, double error) = literal.PolicyValue(literal.CandidateProblem, literal.Expert.LogPolicy);
        double missed = 0, ratio = 0;
        for (int s = 0; s < 3; s++)
        {
            missed = Math.Max(missed, (candidate.V[s] - value[s]).Magnitude);
            for (int a = 0; a < 2; a++) ratio = Math.Max(ratio, (candidate.LogPolicy[s, a] - literal.Expert.LogPolicy[s, a]).Magnitude);
        }

        double visitation = Horizon * ((_elimination * missed) + (_sum * (missed + (ratio / 4)))), averages = _sum * (LiteralScenario.Size(value) + LiteralScenario.Size(candidate.V));
        AssertBound(CheckExtended("A.1"), error + (Horizon * candidate.BackupError) + visitation + averages);
    }

    [Test]
    public void Theorem_51_in_double_double_allows_for_the_slope_and_for_three_visitations()
    {
        LiteralScenario literal = new(_exact);
        double visitation = Horizon * (_elimination + _sum), right = 4 * (literal.Drift(literal.Candidate.LogPolicyError) + (2 * visitation) + (2 * _sum));
        double[] expected = [.. literal.Directions(new SplittableRandom(1)).Select(direction =>
        {
            BoundedSlope slope = new(literal, direction);
            return slope.LogPolicyError + (LiteralScenario.Size(slope.LogPolicy) * (visitation + _sum)) + right;
        })];
        Assert.That(expected, Has.Some.EqualTo(CheckExtended("5.1").Bound).Within(1e-10).Percent);
    }

    [Test]
    public void A_competitor_that_is_better_than_the_optimum_is_noticed()
    {
        // Rows that exceed one by almost all that a row may: where values are positive, no policy that sums to one is worth so much. Certificates allow for such
        // rows in what follows a step, so the horizon is one step.
        Scenario oneStep = Exact(discount: 0);
        SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(oneStep.Mdp, oneStep.Prior, oneStep.ResidualReward, 0.5));
        Policy better = Policy.FromLogProbabilities(tuned.Policy.LogProbabilities.Map(log => log + 9e-13));
        Statement theorem = Of("4.1");
        Assert.Multiple(() =>
        {
            Assert.That(theorem.Check(new SolvedScenario(oneStep with { Policy = tuned.Policy }), new SplittableRandom(1)).Holds, Is.True);
            Assert.That(theorem.Check(new SolvedScenario(oneStep with { Policy = better }), new SplittableRandom(1)).Holds, Is.False);
        });
    }

    /// <summary>sum_s d(s) V(s): the half-width, and S + 2 roundings at the size of the largest value, however small the sum is.</summary>
    private static double ErrorOfOptimum(SoftSolution solution) =>
        Rounding.SecondOrder * (solution.Certificate.HalfWidth + (5 * Unit * Math.Max(-solution.Values.ToArray().Min(), solution.Values.ToArray().Max())));

    private static void AssertBound(Identity identity, double expected) => Assert.That(identity.Bound, Is.EqualTo(expected).Within(1e-10).Percent);

    private static Statement Of(string id) => Statement.All.Single(statement => statement.Id == id);

    private static Identity Check(string id) => Of(id).Check(new SolvedScenario(_exact), new SplittableRandom(1));

    private static Identity CheckExtended(string id) => Of(id).CheckExtended(new LiteralScenario(_exact), new SplittableRandom(1))!;

    private static Scenario Exact(double discount = 0.5)
    {
        TransitionKernelBuilder kernel = new(3, 2);
        double[][] rows = [[0.5, 0.25, 0.25], [0, 0.5, 0.5], [0.25, 0.75, 0], [0.125, 0.125, 0.75], [0.5, 0, 0.5], [0.25, 0.5, 0.25]];
        for (int pair = 0; pair < rows.Length; pair++)
            for (int next = 0; next < 3; next++)
                if (rows[pair][next] > 0) kernel.Add(pair / 2, pair % 2, next, rows[pair][next]);
        return new Scenario
        {
            Id = "exact",
            Mdp = new MarkovDecisionProcess(kernel.Build(), new StateActionTable(3, 2, [1, 0.75, -0.5, -0.25, LargestReward, 1.25]), [0.5, 0.25, 0.25], discount),
            Temperature = 0.25,
            ExpertReward = new StateActionTable(3, 2, [0.75, 1, -0.5, -0.5, 1, 1.25]),
            ResidualReward = new StateActionTable(3, 2, [1, 1.5, 0.75, 0.5, 1.25, 1]),
            Prior = Policy.FromProbabilities(new StateActionTable(3, 2, [0.25, 0.75, 0.5, 0.5, 0.625, 0.375])),
            Policy = Policy.FromProbabilities(new StateActionTable(3, 2, [0.5, 0.5, 0.75, 0.25, 0.25, 0.75])),
            StateInterventions = [0.25, 0.5, 0],
            Potential = [1, -0.5, 0.25],
            Omegas = [0.5],
            Thresholds = [0.25],
        };
    }
}
