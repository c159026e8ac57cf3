using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class JacobianTests
{
    private static IEnumerable<OracleCase> Tiny => OracleCase.All.Where(golden => golden.Has("J"));

    [TestCaseSource(nameof(Tiny))]
    public void Columns_are_the_golden_ones(OracleCase golden)
    {
        Scenario scenario = golden.Scenario;
        int pairs = scenario.Mdp.States * scenario.Mdp.Actions;
        Policy hat = scenario.Candidate.Solve(new Auto { Tolerance = Tolerance.RoundingFloor }).Policy;
        Jacobian jacobian = new(scenario.Mdp, hat);
        double[] expected = golden["J"];
        for (int j = 0; j < pairs; j++)
        {
            StateActionTable column = jacobian.Apply(Unit(scenario.Mdp, j));
            for (int i = 0; i < pairs; i++)
                Assert.That(column[i], Is.EqualTo(expected[(i * pairs) + j]).Within(golden.Tolerance("J")), $"J[{i},{j}]");
        }

        Assert.That(jacobian.Policy, Is.SameAs(hat));
    }

    [Property]
    public void J_inverts_the_identity_minus_the_discounted_chain_of_pairs(SmallProblem small)
    {
        // J x - gamma W J x = x, where W averages under the policy and then expects.
        MarkovDecisionProcess mdp = small.Mdp;
        StateActionTable direction = small.Mdp.Reward;
        Jacobian jacobian = new(mdp, small.Policy);
        StateActionTable q = jacobian.Apply(direction);
        double[] average = [.. Enumerable.Range(0, small.States).Select(s => Enumerable.Range(0, small.Actions).Sum(a => small.Policy.Probability(s, a) * q[s, a]))];
        StateActionTable back = q - (mdp.Discount * mdp.Kernel.Expect(average));
        double bound = (2 * jacobian.ErrorBound(direction)) + (64 * Rounding.Unit * q.MaxAbs());
        Assert.That((back - direction).MaxAbs(), Is.LessThanOrEqualTo(bound));
    }

    [Property]
    public void Advantages_average_to_zero_and_are_what_J_leaves_above_its_average(SmallProblem small)
    {
        Jacobian jacobian = new(small.Mdp, small.Policy);
        StateActionTable direction = small.Mdp.Reward, advantage = jacobian.Advantage(direction), q = jacobian.Apply(direction);
        double bound = (4 * jacobian.ErrorBound(direction)) + (64 * Rounding.Unit * q.MaxAbs());
        for (int s = 0; s < small.States; s++)
        {
            double mean = 0, average = 0;
            for (int a = 0; a < small.Actions; a++)
            {
                mean += small.Policy.Probability(s, a) * advantage[s, a];
                average += small.Policy.Probability(s, a) * q[s, a];
            }

            Assert.That(mean, Is.Zero.Within(bound));
            for (int a = 0; a < small.Actions; a++) Assert.That(advantage[s, a], Is.EqualTo(small.Mdp.IsAvailable(s, a) ? q[s, a] - average : 0).Within(bound));
        }
    }

    [Property]
    public void It_is_the_derivative_of_the_optimal_Q(SmallProblem small)
    {
        // Central differences at temperature 1: the third derivative is bounded, the step 1e-4 leaves about 1e-7 of the direction's size.
        SoftProblem problem = new(small.Mdp.WithReward(small.Table(small.PolicyWeights)).WithDiscount(Math.Min(small.Discount, 0.9)), 1);
        StateActionTable direction = small.Table([.. small.PriorWeights.Select(x => Math.Max(x, -1))]);
        SoftSolution Moved(double step) => problem.WithReward(problem.Mdp.Reward + (step * direction)).Solve(new Auto { Tolerance = Tolerance.RoundingFloor });
        const double Step = 1e-4;
        StateActionTable difference = (Moved(Step).Q - Moved(-Step).Q) / (2 * Step), derivative = new Jacobian(problem.Mdp, Moved(0).Policy).Apply(direction);
        for (int s = 0; s < small.States; s++)
            for (int a = 0; a < small.Actions; a++)
                if (problem.IsAvailable(s, a)) Assert.That(difference[s, a], Is.EqualTo(derivative[s, a]).Within(1e-4));
    }

    [Test]
    public void A_direction_of_another_shape_is_refused()
    {
        SmallShape(out MarkovDecisionProcess mdp);
        Assert.That(() => new Jacobian(mdp, Policy.Uniform(mdp.Kernel)).Apply(new StateActionTable(2, 1, [0, 0])), Throws.ArgumentException.With.Message.EqualTo("found a 2 x 1 table, expected 1 x 1 (Parameter 'direction')"));
    }

    private static void SmallShape(out MarkovDecisionProcess mdp) =>
        mdp = new MarkovDecisionProcess(new TransitionKernelBuilder(1, 1).Add(0, 0, 0, 1).Build(), StateActionTable.Constant(1, 1, 0), [1], 0.5);

    private static StateActionTable Unit(MarkovDecisionProcess mdp, int pair) =>
        StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => (s * mdp.Actions) + a == pair ? 1 : 0);
}
