using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class VisitationTests
{
    [Property]
    public void Visitations_have_mass_one_and_conserve_flow(SmallProblem small)
    {
        // rho = (1 - gamma) d + gamma E* mu.
        MarkovDecisionProcess mdp = small.Mdp;
        foreach (LinearMethod method in Enum.GetValues<LinearMethod>())
        {
            Visitation visitation = Visitation.Of(mdp, small.Prior, method);
            double[] flow = mdp.Kernel.Push(visitation.Pairs);
            double gap = 0, rows = 0;
            for (int s = 0; s < small.States; s++)
            {
                gap += Math.Abs(((1 - mdp.Discount) * mdp.Initial[s]) + (mdp.Discount * flow[s]) - visitation.States.Values[s]);
                rows += Math.Abs(visitation.Pairs.Row(s).ToArray().Sum() - visitation.States.Values[s]);
            }

            double rounding = 16 * small.States * small.Actions * Rounding.Unit;
            Assert.That(visitation.States.Values.Sum(), Is.EqualTo(1).Within(visitation.States.ErrorBound + rounding));
            Assert.That(visitation.Pairs.Sum(), Is.EqualTo(1).Within(visitation.PairsErrorBound + rounding));
            Assert.That(gap, Is.LessThanOrEqualTo((2 * visitation.PairsErrorBound) + rounding));
            Assert.That(rows, Is.LessThanOrEqualTo(visitation.PairsErrorBound + visitation.States.ErrorBound + rounding));
        }
    }

    [Property]
    public void A_policy_comes_back_from_its_visitation_wherever_it_goes(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        Visitation visitation = Visitation.Of(mdp, small.Policy, LinearMethod.Elimination);
        Policy back = Visitation.PolicyOf(visitation.Pairs, mdp.Kernel);
        for (int s = 0; s < small.States; s++)
        {
            for (int a = 0; a < small.Actions; a++)
            {
                double expected = visitation.States.Values[s] > 0 ? small.Policy.Probability(s, a) : Policy.Uniform(mdp.Kernel).Probability(s, a);
                Assert.That(back.Probability(s, a), Is.EqualTo(expected).Within(1e-13), $"state {s}, action {a}");
            }
        }
    }

    [Property]
    public void The_steps_add_up_to_the_visitation_with_a_geometric_remainder(SmallProblem small)
    {
        // rho - (1 - gamma) sum_{t<n} gamma^t rho_t has mass gamma^n.
        MarkovDecisionProcess mdp = small.Mdp;
        Visitation visitation = Visitation.Of(mdp, small.Policy);
        foreach (int steps in (int[])[1, 5, 60])
        {
            double[][] perStep = Visitation.PerStep(mdp, small.Policy, steps);
            double[] sum = new double[small.States];
            double weight = 1 - mdp.Discount;
            foreach (double[] rho in perStep)
            {
                for (int s = 0; s < small.States; s++) sum[s] += weight * rho[s];
                weight *= mdp.Discount;
            }

            double remainder = Math.Pow(mdp.Discount, steps), rounding = visitation.States.ErrorBound + (steps * steps * 20 * Rounding.Unit);
            Assert.That(sum.Zip(visitation.States.Values, (x, y) => Math.Abs(x - y)).Sum(), Is.EqualTo(remainder).Within(rounding));
        }
    }

    [Test]
    public void Two_states_in_turn_share_time_by_the_discount()
    {
        // 0 -> 1 -> 0: rho = (1, gamma) / (1 + gamma).
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(2, 1).Add(0, 0, 1, 1).Add(1, 0, 0, 1).Build(), StateActionTable.Constant(2, 1, 0), [1, 0], 0.8);
        Assert.That(Visitation.Of(mdp, Policy.Uniform(mdp.Kernel)).States.Values, Is.EqualTo(new[] { 1 / 1.8, 0.8 / 1.8 }).Within(1e-15));
        Assert.That(Visitation.PerStep(mdp, Policy.Uniform(mdp.Kernel), 3), Is.EqualTo(new double[][] { [1, 0], [0, 1], [1, 0] }));
    }

    [TestCase(0)]
    [TestCase(0.9)]
    [TestCase(1 - 1e-9)]
    public void The_bounds_of_a_state_that_stays_are_those_of_its_few_roundings(double discount)
    {
        // rho = 1 whatever the discount: (1 - gamma) d is known to three roundoffs of itself, so of rho; the residual rounds in less than twenty, magnified by 1/(1 - gamma).
        MarkovDecisionProcess mdp = Staying(3, discount);
        Visitation visitation = Visitation.Of(mdp, Policy.Uniform(mdp.Kernel), LinearMethod.Elimination);
        Assert.That(visitation.States.Values[0], Is.EqualTo(1).Within(visitation.States.ErrorBound));
        Assert.That(visitation.States.ErrorBound, Is.InRange(3 * Rounding.Unit, (3 + (20 / (1 - discount))) * Rounding.Unit));
        // mu = rho exp(log pi): the logarithm's own rounding, the exponential and the product, for each of three entries of 1/3.
        double products = Rounding.Unit * (Math.Log(3) + 3);
        Assert.That(visitation.PairsErrorBound, Is.InRange(visitation.States.ErrorBound + products, 1.02 * (visitation.States.ErrorBound + products)));
    }

    [Test]
    public void A_probability_of_zero_adds_nothing_to_the_bound()
    {
        MarkovDecisionProcess mdp = Staying(2, 0.5);
        Visitation visitation = Visitation.Of(mdp, Policy.Deterministic([1], 2));
        Assert.That(visitation.Pairs.Entries.ToArray(), Is.EqualTo(new double[] { 0, 1 }).Within(visitation.PairsErrorBound));
        Assert.That(visitation.PairsErrorBound, Is.LessThan(50 * Rounding.Unit));
    }

    [Test]
    public void Where_it_never_goes_the_policy_is_uniform_over_what_is_available()
    {
        SparseKernel kernel = new TransitionKernelBuilder(2, 3).Add(0, 0, 0, 1).Add(1, 0, 0, 1).Add(1, 2, 1, 1).Build();
        Policy back = Visitation.PolicyOf(new StateActionTable(2, 3, [1, 0, 0, 0, 0, 0]), kernel);
        Assert.That(back.Probabilities.Entries.ToArray(), Is.EqualTo(new[] { 1, 0, 0, 0.5, 0, 0.5 }).Within(1e-15));
    }

    [Test]
    public void A_policy_that_does_not_fit_is_refused_before_anything_is_computed()
    {
        MarkovDecisionProcess mdp = Staying(2, 0.5);
        Policy uniform = Policy.Uniform(mdp.Kernel), other = Policy.Uniform(Staying(3, 0.5).Kernel);
        DiscountedSolve solve = new(mdp, uniform);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Visitation.Of(mdp, other, solve), Throws.ArgumentException.With.Message.Contains("expected 1 x 2"));
            Assert.That(() => Visitation.Of(mdp, null!, solve), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("policy"));
            Assert.That(() => Visitation.PerStep(mdp, other, 2), Throws.ArgumentException.With.Message.Contains("expected 1 x 2"));
            Assert.That(() => Visitation.PerStep(null!, uniform, 2), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("mdp"));
        }
    }

    private static MarkovDecisionProcess Staying(int actions, double discount)
    {
        TransitionKernelBuilder builder = new(1, actions);
        for (int a = 0; a < actions; a++) builder.Add(0, a, 0, 1);
        return new MarkovDecisionProcess(builder.Build(), StateActionTable.Constant(1, actions, 0), [1], discount);
    }

    [Test]
    public void What_is_no_occupancy_is_refused()
    {
        SparseKernel kernel = new TransitionKernelBuilder(1, 3).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build();
        MarkovDecisionProcess mdp = new(kernel, StateActionTable.Constant(1, 3, 0), [1], 0.5);
        using (Assert.EnterMultipleScope())
        {
            Refused([0.5, -0.5, 0], "state 0, action 1: found the probability -0.5, expected a number from 0 to 1");
            Refused([0.5, double.NaN, 0], "state 0, action 1: found the probability NaN, expected a number from 0 to 1");
            Refused([0.5, 0, 0.5], "state 0, action 2: found an occupancy of an action that is not available, expected 0");
            Assert.That(() => Visitation.PolicyOf(new StateActionTable(1, 1, [1]), kernel), Throws.ArgumentException.With.Message.EqualTo("found a 1 x 1 table, expected 1 x 3 (Parameter 'occupancy')"));
            Assert.That(() => Visitation.PerStep(mdp, Policy.Uniform(kernel), 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("found a number below 1, expected at least 1 (Parameter 'steps')"));
            Assert.That(() => Visitation.Of(mdp, Policy.Deterministic([2], 3)), Throws.TypeOf<InvalidModelException>());
        }

        void Refused(double[] occupancy, string message) =>
            Assert.That(() => Visitation.PolicyOf(new StateActionTable(1, 3, occupancy), kernel), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo(message));
    }
}
