using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class PolicyValueTests
{
    [Property]
    public void Values_satisfy_their_own_equations(SmallProblem small)
    {
        // V = sum pi (Q - alpha (log pi - l)) (3) and Q = r + gamma E V (2).
        SoftProblem problem = small.Plain;
        PolicyValue value = PolicyValue.Of(problem, small.Policy);
        StateActionTable expected = problem.Mdp.Reward + (small.Discount * problem.Mdp.Kernel.Expect(value.Values.Values));
        Assert.That(value.Q.Entries.ToArray(), Is.EqualTo(expected.Entries.ToArray()));
        Assert.That(value.Policy.LogProbabilities.Entries.ToArray(), Is.EqualTo(small.Policy.LogProbabilities.Entries.ToArray()));
        for (int s = 0; s < small.States; s++)
        {
            double sum = 0, advantage = 0, size = 0;
            for (int a = 0; a < small.Actions; a++)
            {
                double p = small.Policy.Probability(s, a);
                if (p == 0) continue;
                sum += p * (value.Q[s, a] - (small.Temperature * small.Policy.LogProbability(s, a)));
                advantage += p * value.Advantage[s, a];
                size += p * (Math.Abs(value.Q[s, a]) + Math.Abs(value.Values.Values[s]) + (20 * small.Temperature));
            }

            double bound = (2 * value.Values.ErrorBound) + (20 * Rounding.Unit * size);
            Assert.That(sum, Is.EqualTo(value.Values.Values[s]).Within(bound));
            Assert.That(advantage, Is.EqualTo(-small.Temperature * small.Policy.Entropy(s)).Within(bound), "the advantage averages to minus the entropy");
        }
    }

    [Property]
    public void Objectives_are_inner_products_with_the_visitation(SmallProblem small)
    {
        // J = <mu, r - alpha (log pi - l)> / (1 - gamma).
        SoftProblem problem = small.Plain;
        CertifiedNumber objective = PolicyValue.Of(problem, small.Policy).Objective;
        Visitation visitation = Visitation.Of(problem.Mdp, small.Policy);
        StateActionTable earned = StateActionTable.Create(small.States, small.Actions, (s, a) =>
            visitation.Pairs[s, a] == 0 ? 0 : problem.Mdp.Reward[s, a] - (small.Temperature * small.Policy.LogProbability(s, a)));
        double bound = objective.ErrorBound + ((visitation.PairsErrorBound + (40 * Rounding.Unit)) * earned.MaxAbs() / (1 - small.Discount));
        Assert.That(earned.InnerProduct(visitation.Pairs) / (1 - small.Discount), Is.EqualTo(objective.Value).Within(bound));
    }

    [Property]
    public void The_optimal_policy_is_worth_the_optimal_value_and_no_other_more(SmallProblem small)
    {
        SoftProblem problem = small.Plain;
        SoftSolution best = problem.Solve();
        PolicyValue attained = PolicyValue.Of(problem, best.Policy), other = PolicyValue.Of(problem, small.Policy);
        double loss = small.Temperature * best.Certificate.LogPolicyRadius / (1 - small.Discount);
        for (int s = 0; s < small.States; s++)
        {
            Assert.That(attained.Values.Values[s], Is.EqualTo(best.Values[s]).Within(best.Certificate.HalfWidth + attained.Values.ErrorBound + loss));
            Assert.That(other.Values.Values[s], Is.LessThanOrEqualTo(best.Certificate.Upper[s] + other.Values.ErrorBound));
        }
    }

    [Property]
    public void Deterministic_policies_are_evaluated_within_the_bound_of_exact_arithmetic(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        int[] chosen = new int[small.States];
        foreach (LinearMethod method in Enum.GetValues<LinearMethod>())
        {
            PolicyValue value = PolicyValue.Of(new SoftProblem(mdp, 0), Policy.Deterministic(chosen, small.Actions), method);
            foreach (bool normalised in (bool[])[false, true])
            {
                Rational[] exact = Rational.Solve(ExactChain.System(mdp, chosen, normalised), [.. chosen.Select((a, s) => (Rational)mdp.Reward[s, a])]);
                for (int s = 0; s < small.States; s++)
                    Assert.That((exact[s] - value.Values.Values[s]).Abs() <= value.Values.ErrorBound, $"{method}, state {s}");
            }
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Where_the_divergence_is_infinite_the_value_is_minus_infinity_and_nowhere_else(bool dense)
    {
        // 0 -> 1 or 2; 1 -> 3 and 2 -> 2; at 3 the policy takes what the prior never takes.
        TransitionKernel kernel = new TransitionKernelBuilder(4, 2)
            .Add(0, 0, 1, 1).Add(0, 1, 2, 1).Add(1, 0, 3, 1).Add(1, 1, 3, 1).Add(2, 0, 2, 1).Add(2, 1, 2, 1).Add(3, 0, 3, 1).Add(3, 1, 3, 1).Build();
        MarkovDecisionProcess mdp = new(dense ? DenseKernel.From(kernel) : kernel, StateActionTable.Constant(4, 2, 1), [0, 0, 1, 0], 0.5);
        Policy prior = Policy.FromProbabilities(new StateActionTable(4, 2, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 0])), policy = Policy.Uniform(kernel);
        PolicyValue value = PolicyValue.Of(SoftProblem.FineTuning(mdp, prior, mdp.Reward, 1), policy);
        const double Lost = double.NegativeInfinity;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(value.Values.Values, Is.EqualTo(new[] { Lost, Lost, 2, Lost }).Within(1e-14));
            Assert.That(value.Q.Entries.ToArray(), Is.EqualTo(new[] { Lost, 2, Lost, Lost, 2, 2, Lost, Lost }).Within(1e-14));
            Assert.That(value.Advantage.Row(0).ToArray(), Is.All.NaN);
            Assert.That(value.Advantage.Row(2).ToArray(), Is.EqualTo(new double[] { 0, 0 }).Within(1e-14));
            Assert.That(value.Objective.Value, Is.EqualTo(2).Within(1e-14), "the start never sees it");
            Assert.That(Objective.FineTuning(mdp.WithInitial([1, 0, 0, 0]), policy, prior, mdp.Reward, 1).Value, Is.EqualTo(Lost));
            Assert.That(Objective.Intervention(mdp, prior, prior, StateActionTable.Constant(4, 2, 0.5), 1).Value, Is.EqualTo(-1).Within(1e-14));
        }
    }

    [Test]
    public void Where_there_is_no_future_an_infinite_loss_stays_in_its_state()
    {
        TransitionKernel kernel = new TransitionKernelBuilder(2, 2).Add(0, 0, 1, 1).Add(0, 1, 1, 1).Add(1, 0, 1, 1).Add(1, 1, 1, 1).Build();
        MarkovDecisionProcess mdp = new(kernel, StateActionTable.Constant(2, 2, 1), [1, 0], 0);
        Policy prior = Policy.FromProbabilities(new StateActionTable(2, 2, [0.5, 0.5, 1, 0]));
        PolicyValue value = PolicyValue.Of(SoftProblem.FineTuning(mdp, prior, mdp.Reward, 1), Policy.Uniform(kernel));
        Assert.That(value.Values.Values, Is.EqualTo(new[] { 1, double.NegativeInfinity }));
        Assert.That(value.Q.Entries.ToArray(), Is.EqualTo(new double[] { 1, 1, 1, 1 }));
    }

    [Test]
    public void An_infinite_divergence_at_a_probability_below_the_smallest_double_is_infinite()
    {
        TransitionKernel kernel = new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build();
        MarkovDecisionProcess mdp = new(kernel, StateActionTable.Constant(1, 2, 1), [1], 0.5);
        Policy tiny = Policy.Softmax(new StateActionTable(1, 2, [0, -2000]));
        Assert.That(Objective.FineTuning(mdp, tiny, Policy.Deterministic([0], 2), mdp.Reward, 1).Value, Is.EqualTo(double.NegativeInfinity));
        Assert.That(PolicyValue.Of(new SoftProblem(mdp, 0), tiny).Objective.Value, Is.EqualTo(2).Within(1e-14));
    }

    [Test]
    public void A_certified_number_ignores_states_without_probability()
    {
        CertifiedNumber number = CertifiedNumber.Expectation([0.25, 0, 0.75], new CertifiedVector([4, double.NegativeInfinity, 8], 0.5, ErrorNorm.Largest));
        Assert.That(number.Value, Is.EqualTo(7));
        Assert.That(number.ErrorBound, Is.GreaterThan(0.5).And.LessThan(0.51));
    }
}
