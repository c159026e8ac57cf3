using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>The code of the pages in docs/theorems, line for line, each followed by what the page says of it.</summary>
public class TheoremSnippets
{
    [Test]
    public void Residual_Q_learning_maximises_the_fine_tuning_objective()
    {
        const double omega = 2;
        StateActionTable residual = -Given.Phi;
        SoftSolution tuned = SoftProblem.ResidualQLearning(Given.Mdp, Given.Prior, residual, temperature: omega).Solve();
        double best = tuned.Objective;
        double attained = Objective.FineTuning(Given.Mdp, tuned.Policy, Given.Prior, residual, klWeight: omega).Value;
        double other = Objective.FineTuning(Given.Mdp, Given.Expert.Policy, Given.Prior, residual, klWeight: omega).Value;
        double lost = omega / (1 - Given.Mdp.Discount) * new Imitation(Given.Mdp, Given.Expert.Policy).Psi(tuned.Policy).Value;

        Assert.That(attained, Is.EqualTo(best).Within(1e-8));
        Assert.That(other, Is.EqualTo(best - lost).Within(1e-8));
    }

    [Test]
    public void What_a_policy_loses_is_its_divergence()
    {
        Policy expert = Given.Expert.Policy;
        double achieved = Objective.MaximumEntropy(Given.Mdp, expert, Given.Alpha).Value;
        double best = Given.Candidate.Objective;
        double psi = Given.Imitation.Psi(Given.Candidate.Policy).Value;
        double lost = Given.Alpha / (1 - Given.Mdp.Discount) * psi;

        Assert.That(achieved, Is.EqualTo(best - lost).Within(1e-8));
    }

    [Test]
    public void The_gradient_with_respect_to_Q()
    {
        SoftProblem problem = Given.Candidate.Problem;
        double PsiAt(StateActionTable q) => Given.Imitation.Psi(Bijection.PolicyOf(problem, q)).Value;
        const double step = 1e-4;
        StateActionTable q = Given.Candidate.Q, direction = Given.Phi;
        double difference = (PsiAt(q + (step * direction)) - PsiAt(q - (step * direction))) / (2 * step);
        double formula = direction.InnerProduct(Given.Imitation.GradientInQ(Given.Candidate.Policy, Given.Alpha));

        Assert.That(difference, Is.EqualTo(formula).Within(1e-7));
    }

    [Test]
    public void How_the_optimal_Q_moves_with_the_reward()
    {
        SoftPolicyIteration exact = new() { Tolerance = Tolerance.RoundingFloor };
        StateActionTable QAt(StateActionTable reward) => new SoftProblem(Given.Mdp.WithReward(reward), Given.Alpha).Solve(exact).Q;
        const double step = 1e-4;
        StateActionTable reward = Given.Mdp.Reward, direction = Given.Phi;
        StateActionTable difference = (QAt(reward + (step * direction)) - QAt(reward - (step * direction))) / (2 * step);
        StateActionTable formula = new Jacobian(Given.Mdp, Given.Candidate.Policy).Apply(direction);

        Assert.That((difference - formula).MaxAbs(), Is.LessThan(1e-6));
    }

    [Test]
    public void The_gradient_is_a_difference_of_visitations()
    {
        SoftPolicyIteration exact = new() { Tolerance = Tolerance.RoundingFloor };
        double PsiAt(StateActionTable r) => Given.Imitation.Psi(new SoftProblem(Given.Mdp.WithReward(r), Given.Alpha).Solve(exact).Policy).Value;
        const double step = 1e-4;
        StateActionTable reward = Given.Mdp.Reward, direction = Given.Phi;
        double difference = (PsiAt(reward + (step * direction)) - PsiAt(reward - (step * direction))) / (2 * step);
        Visitation candidate = Visitation.Of(Given.Mdp, Given.Candidate.Policy);
        double formula = direction.InnerProduct(Given.Imitation.Gradient(candidate, Given.Alpha));

        Assert.That(difference, Is.EqualTo(formula).Within(1e-7));
    }

    [Test]
    public void The_imitation_loss_is_convex_in_the_reward()
    {
        double F(SoftSolution solution) => (1 - Given.Mdp.Discount) / Given.Alpha * solution.Objective;
        StateActionTable mu = Given.Imitation.ExpertVisitation.Pairs;
        double psi = Given.Imitation.Psi(Given.Candidate.Policy).Value;
        StateActionTable away = Given.Mdp.Reward - Given.ExpertReward;
        double bregman = F(Given.Candidate) - F(Given.Expert) - (mu.InnerProduct(away) / Given.Alpha);

        Assert.That(psi, Is.EqualTo(bregman).Within(1e-8));
    }

    [Test]
    public void The_Hessian_of_the_imitation_loss()
    {
        PsiHessian hessian = new(Given.Mdp, Given.Candidate.Policy, Given.Alpha);
        StateActionTable direction = Given.Phi;
        double bySolves = direction.InnerProduct(hessian.Apply(direction));
        StateActionTable advantage = new Jacobian(Given.Mdp, Given.Candidate.Policy).Advantage(direction);
        StateActionTable mu = Visitation.Of(Given.Mdp, Given.Candidate.Policy).Pairs;
        double asVariance = mu.InnerProduct(advantage.Map(a => a * a)) / (Given.Alpha * Given.Alpha);

        Assert.That(bySolves, Is.EqualTo(asVariance).Within(1e-12));
        Assert.That(bySolves, Is.EqualTo(direction.InnerProduct(Imitation.HessianProduct(Given.Mdp, Given.Candidate.Policy, Given.Alpha, direction))));
    }

    [Test]
    public void How_far_a_step_is_safe()
    {
        Visitation candidate = Visitation.Of(Given.Mdp, Given.Candidate.Policy);
        StateActionTable tooOften = candidate.Pairs.Zip(Given.Imitation.ExpertVisitation.Pairs, (here, expert) => here > expert ? 1 : 0);
        StepCertificate certificate = StepCertificate.Of(Given.Imitation, candidate, tooOften, Given.Alpha);
        double promised = certificate.GuaranteedDecrease;
        StateActionTable reward = Given.Mdp.Reward - (certificate.BestStep * tooOften);
        double before = Given.Imitation.Psi(Given.Candidate.Policy).Value;
        double after = Given.Imitation.Psi(new SoftProblem(Given.Mdp.WithReward(reward), Given.Alpha).Solve().Policy).Value;

        Assert.That(promised, Is.GreaterThan(1e-4));
        Assert.That(before - after, Is.GreaterThanOrEqualTo(promised));
        Assert.That(before - after, Is.LessThanOrEqualTo(-certificate.SmallestChange(certificate.BestStep) + 1e-9));
    }

    [Test]
    public void The_exact_condition_along_a_line()
    {
        double expertRate = Given.Phi.InnerProduct(Given.Imitation.ExpertVisitation.Pairs);
        List<(double Psi, double Slope, double Rate)> line = [];
        foreach (double eta in new[] { 0, 0.5, 1, 2, 4 })
        {
            Policy tuned = SoftProblem.ResidualQLearning(Given.Mdp, Given.Prior, -eta * Given.Phi, Given.Alpha).Solve().Policy;
            double rate = Given.Phi.InnerProduct(Visitation.Of(Given.Mdp, tuned).Pairs);
            line.Add((Given.Imitation.Psi(tuned).Value, -(rate - expertRate) / Given.Alpha, rate));
        }

        Assert.That(line.Select(x => x.Rate), Is.Ordered.Descending);
        Assert.That(line.Select(x => x.Slope), Is.Ordered.Ascending);
        Assert.That(line[1].Psi - line[0].Psi, Is.InRange(0.5 * line[0].Slope, 0.5 * line[1].Slope));
    }

    [Test]
    public void Fine_tuning_harder_is_never_worse()
    {
        Policy expert = Policy.Deterministic([0, 0, 0], actions: 2); // Given.Phi never stops action 0
        Imitation imitation = new(Given.Mdp, expert);
        List<double> losses = [];
        foreach (double klWeight in new[] { 0.05, 0.2, 1, 5 })
            losses.Add(imitation.Psi(SoftProblem.FineTuning(Given.Mdp, Given.Prior, -Given.Phi, klWeight).Solve().Policy).Value);
        losses.Add(imitation.Psi(Given.Prior).Value);

        Assert.That(losses, Is.Ordered.Ascending);
        Assert.That(losses, Is.Unique);
    }

    [Test]
    public void With_a_noisy_supervisor_match_the_rates()
    {
        double expertRate = Given.Phi.InnerProduct(Given.Imitation.ExpertVisitation.Pairs);
        Policy At(double eta) => SoftProblem.FineTuning(Given.Mdp, Given.Prior, -eta * Given.Phi, klWeight: 1).Solve().Policy;
        double RateAt(double eta) => Given.Phi.InnerProduct(Visitation.Of(Given.Mdp, At(eta)).Pairs);
        double low = 0, high = 50;
        for (int i = 0; i < 50; i++)
        {
            double middle = (low + high) / 2;
            if (RateAt(middle) > expertRate) low = middle;
            else high = middle;
        }

        double best = Given.Imitation.Psi(At(low)).Value, omega = 1 / low;

        Assert.That(omega, Is.InRange(0.02, 50), "the rates meet inside the bracket");
        foreach (double eta in new[] { 0, low / 2, low * 0.99, low * 1.01, low * 2 }) Assert.That(Given.Imitation.Psi(At(eta)).Value, Is.GreaterThanOrEqualTo(best - 1e-10));
    }

    [Test]
    public void What_remains_as_the_KL_weight_vanishes()
    {
        const double omega = 0.012;
        Policy tuned = SoftProblem.FineTuning(Given.Mdp, Given.Prior, -Given.Phi, omega).Solve(new SoftPolicyIteration { Tolerance = Tolerance.RoundingFloor }).Policy;
        Policy limit = SoftProblem.FineTuning(Given.Mdp, Given.Prior, -Given.Phi, klWeight: 0).Solve().Policy; // TieRule.Lexicographic
        StateActionTable free = Given.Prior.LogProbabilities.Zip(Given.Phi, (logP, phi) => phi > 0 ? double.NegativeInfinity : logP);
        SoftSolution among = new SoftProblem(Given.Mdp.WithReward(StateActionTable.Constant(3, 2, 0)), temperature: 1, free).Solve();
        double rate = 0, difference = 0;
        for (int s = 0; s < 3; s++)
        {
            rate = Math.Max(rate, Math.Exp((-0.25 / omega) - among.Values[s]) * Given.Prior.Probability(s, 1) / (1 - Given.Mdp.Discount));
            difference = Math.Max(difference, Math.Abs(tuned.LogProbability(s, 0) - limit.LogProbability(s, 0)));
        }

        Assert.That(rate, Is.InRange(1e-5, 0.1));
        Assert.That(difference, Is.LessThanOrEqualTo(rate));
    }

    [Test]
    public void Without_a_residual_nothing_changes()
    {
        StateActionTable zero = StateActionTable.Constant(3, 2, 0);
        SoftSolution tuned = SoftProblem.FineTuning(Given.Mdp, Given.Prior, zero, klWeight: 0.3).Solve();
        double moved = 0;
        for (int s = 0; s < 3; s++) moved += tuned.Policy.Divergence(Given.Prior, s);
        double other = Objective.FineTuning(Given.Mdp, Given.Expert.Policy, Given.Prior, zero, klWeight: 0.3).Value;

        Assert.That(moved, Is.EqualTo(0).Within(1e-14));
        Assert.That(other, Is.LessThan(0));
    }

    [Test]
    public void Rounds_add_up()
    {
        const double omega = 1;
        Policy policy = Given.Prior;
        for (int round = 0; round < 3; round++) policy = SoftProblem.FineTuning(Given.Mdp, policy, -Given.Phi, omega).Solve().Policy;
        Policy once = SoftProblem.FineTuning(Given.Mdp, Given.Prior, -Given.Phi, omega / 3).Solve().Policy;
        double difference = (policy.LogProbabilities - once.LogProbabilities).MaxAbs();

        Assert.That(difference, Is.LessThan(1e-7));
    }

    [Test]
    public void A_prior_that_was_trained_on_the_same_interventions()
    {
        const double a = 0.4, omega = 0.6;
        Policy uniform = Policy.Uniform(Given.Mdp.Kernel);
        Policy pretrained = SoftProblem.FineTuning(Given.Mdp, uniform, -Given.Phi, a).Solve().Policy;
        Policy tuned = SoftProblem.FineTuning(Given.Mdp, pretrained, -Given.Phi, omega).Solve().Policy;
        Policy colder = SoftProblem.FineTuning(Given.Mdp, uniform, -Given.Phi, omega * a / (omega + a)).Solve().Policy;
        double difference = (tuned.LogProbabilities - colder.LogProbabilities).MaxAbs();

        Assert.That(difference, Is.LessThan(1e-7));
    }

    [Test]
    public void A_uniform_prior_and_how_far_fine_tuning_can_go()
    {
        const double omega = 0.7;
        SoftSolution tuned = SoftProblem.FineTuning(Given.Mdp, Policy.Uniform(Given.Mdp.Kernel), -Given.Phi, omega).Solve();
        SoftSolution entropic = new SoftProblem(Given.Mdp.WithReward(-Given.Phi), omega).Solve(); // two actions everywhere: the constant may be dropped
        double difference = (tuned.Policy.LogProbabilities - entropic.Policy.LogProbabilities).MaxAbs();
        SoftSolution fromPrior = SoftProblem.FineTuning(Given.Mdp, Given.Prior, -Given.Phi, omega).Solve();
        double moved = (fromPrior.Policy.LogProbabilities - Given.Prior.LogProbabilities).MaxAbs();
        double most = 1 / (omega * (1 - Given.Mdp.Discount));

        Assert.That(difference, Is.LessThan(1e-8));
        Assert.That(moved, Is.LessThanOrEqualTo(most));
    }

    [Test]
    public void What_termination_does_to_a_surplus()
    {
        const double surplus = 0.5;
        MarkovDecisionProcess mdp = Given.Mdp;
        TransitionKernelBuilder ending = new TransitionKernelBuilder(4, 2).Add(3, 0, 3, 1); // state 3 is behind every e-stop
        for (int pair = 0; pair < 6; pair++)
        {
            ending.Add(pair / 2, pair % 2, 3, Given.Phi[pair]);
            foreach (Successor next in mdp.Kernel.Successors(pair / 2, pair % 2)) ending.Add(pair / 2, pair % 2, next.State, (1 - Given.Phi[pair]) * next.Probability);
        }

        double level = Given.Alpha * surplus / (1 - mdp.Discount);
        StateActionTable WithEnd(Func<int, int, double> entry) => StateActionTable.Create(4, 2, (s, a) => s < 3 ? entry(s, a) : a == 0 ? 0 : double.NegativeInfinity);
        StateActionTable logPrior = WithEnd(Given.Prior.LogProbability), raised = WithEnd((s, a) => Given.Prior.LogProbability(s, a) + surplus);
        StateActionTable penalty = WithEnd((s, a) => -Given.Phi[s, a] * mdp.Discount * level);
        MarkovDecisionProcess terminating = new(ending.Build(), StateActionTable.Constant(4, 2, 0), [.. mdp.Initial, 0], mdp.Discount);
        SoftSolution terminated = new SoftProblem(terminating, Given.Alpha, raised).Solve();
        SoftSolution penalised = new SoftProblem(terminating.WithReward(penalty), Given.Alpha, logPrior).Solve();

        for (int s = 0; s < 3; s++)
        {
            Assert.That(terminated.Values[s], Is.EqualTo(level + penalised.Values[s]).Within(1e-8));
            Assert.That(terminated.Policy.Divergence(penalised.Policy, s), Is.EqualTo(0).Within(1e-8));
            Assert.That(terminated.Policy.Divergence(Policy.Softmax(logPrior), s), Is.GreaterThan(1e-4));
        }
    }

    [Test]
    public void The_return_never_rises_with_the_temperature()
    {
        List<double> returns = [];
        foreach (double temperature in new[] { 0, 0.1, 0.5, 2, 10 })
        {
            Policy policy = new SoftProblem(Given.Mdp, temperature).Solve().Policy;
            returns.Add(Objective.MaximumEntropy(Given.Mdp, policy, temperature: 0).Value);
        }

        Assert.That(returns, Is.Ordered.Descending);
        Assert.That(returns, Is.Unique);
    }

    [Test]
    public void The_discounted_entropy_never_falls_with_the_temperature()
    {
        MarkovDecisionProcess unrewarded = Given.Mdp.WithReward(StateActionTable.Constant(3, 2, 0));
        List<double> entropies = [];
        foreach (double temperature in new[] { 0, 0.1, 0.5, 2, 10 })
        {
            Policy policy = new SoftProblem(Given.Mdp, temperature).Solve().Policy;
            entropies.Add(Objective.MaximumEntropy(unrewarded, policy, temperature: 1).Value);
        }
        double most = Math.Log(2) / (1 - Given.Mdp.Discount);

        Assert.That(entropies, Is.Ordered.Ascending);
        Assert.That(entropies, Is.Unique);
        Assert.That(entropies[0], Is.EqualTo(0).Within(1e-12));
        Assert.That(entropies[^1], Is.LessThan(most));
    }

    [Test]
    public void What_Psi_promises_about_the_return()
    {
        SoftProblem task = new(Given.Mdp.WithReward(Given.ExpertReward), temperature: 0);
        PolicyValue value = PolicyValue.Of(task, Given.Prior);
        double expertReturn = PolicyValue.Of(task, Given.Expert.Policy).Objective.Value;
        double shortfall = Math.Abs(expertReturn - value.Objective.Value);
        double spread = Enumerable.Range(0, 3).Max(s => Math.Abs(value.Q[s, 0] - value.Q[s, 1]));
        double promise = spread / (1 - Given.Mdp.Discount) * Math.Sqrt(Given.Imitation.Psi(Given.Prior).Value / 2);

        Assert.That(shortfall, Is.GreaterThan(0.01));
        Assert.That(shortfall, Is.LessThanOrEqualTo(promise));
    }
}
