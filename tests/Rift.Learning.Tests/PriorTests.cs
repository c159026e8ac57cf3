namespace Rift.Learning.Tests;

public class PriorTests
{
    private static readonly Expert _expert = Worlds.ExpertOf("pits12");

    [Test]
    public void A_softened_expert_is_the_mixture_it_says()
    {
        Policy prior = Prior.Softened(_expert, 0.03, 0.1);
        StateActionTable q = _expert.Solution.Q;
        for (int s = 0; s < _expert.Mdp.States - 1; s++)
        {
            double[] weights = [.. Enumerable.Range(0, 5).Select(a => Math.Exp((q[s, a] - q.Row(s).ToArray().Max()) / 0.03))];
            for (int a = 0; a < 5; a++) Assert.That(prior.Probability(s, a), Is.EqualTo((0.9 * weights[a] / weights.Sum()) + 0.02).Within(1e-13));
        }
    }

    [Test]
    public void A_softened_expert_tends_to_the_expert_as_it_cools()
    {
        // The second-best action of any state is at least 1e-4 worse here: its weight is below e^-100.
        Policy cold = Prior.Softened(_expert, 1e-6, 0);
        for (int s = 0; s < _expert.Mdp.States; s++) Assert.That(cold.Divergence(_expert.Policy, s), Is.Zero.Within(1e-9).Or.EqualTo(double.PositiveInfinity));
        Assert.That(Objective.Imitation(_expert.Visitation, _expert.Policy, cold).Value, Is.Zero.Within(1e-8));
    }

    [Test]
    public void A_peaked_prior_has_one_favourite_in_each_state()
    {
        Policy prior = Prior.Peaked(_expert.Mdp.Kernel, new SplittableRandom(3));
        for (int s = 0; s < _expert.Mdp.States - 1; s++)
            Assert.That(Enumerable.Range(0, 5).Select(a => prior.Probability(s, a)).Order(), Is.EqualTo(new[] { 0.025, 0.025, 0.025, 0.025, 0.9 }).Within(1e-15));
    }

    [Test]
    public void A_clone_counts_what_it_was_shown()
    {
        const int episodes = 3;
        const double smoothing = 0.1;
        SplittableRandom random = new(11);
        Policy shown = _expert.Deterministic(random);
        double[] counts = new double[_expert.Mdp.States * 5];
        foreach (Episode demonstration in new Simulator(_expert.Mdp).Collect(shown, new EpisodeRules { MostSteps = 100 }, episodes, random))
            foreach (Transition step in demonstration.Transitions) counts[(step.State * 5) + step.Action]++;
        Policy clone = Prior.Cloned(_expert, episodes, smoothing, 100, new SplittableRandom(11));
        for (int s = 0; s < _expert.Mdp.States - 1; s++)
        {
            double seen = counts.AsSpan(s * 5, 5).ToArray().Sum();
            for (int a = 0; a < 5; a++) Assert.That(clone.Probability(s, a), Is.EqualTo((counts[(s * 5) + a] + (smoothing / 5)) / (seen + smoothing)).Within(1e-14));
        }
    }

    [Test]
    public void A_clone_without_demonstrations_is_uniform() =>
        Assert.That(Prior.Cloned(_expert, 0, 0, 100, new SplittableRandom(1)).LogProbabilities.Entries.ToArray(), Is.EqualTo(Policy.Uniform(_expert.Mdp.Kernel).LogProbabilities.Entries.ToArray()));

    [Test]
    public void Many_demonstrations_without_smoothing_copy_the_expert_where_he_goes()
    {
        Policy clone = Prior.Cloned(_expert, 2000, 0, 100, new SplittableRandom(5));
        for (int s = 0; s < _expert.Mdp.States - 1; s++)
            if (_expert.Visitation.States.Values[s] > 1e-3) Assert.That(clone.Divergence(_expert.Policy, s), Is.Zero.Within(1e-12));
    }

    [Test]
    public void Fine_tuning_a_prior_pretrained_on_the_interventions_is_RLIF_at_a_lower_temperature()
    {
        // Fact F10: weights a0 and omega act as omega a0 / (omega + a0).
        const double pretraining = 0.05, klWeight = 0.02;
        StateActionTable phi = new QGapStrategy(0.0492).Phi(_expert);
        Policy prior = Prior.Pretrained(_expert.Mdp, phi, pretraining);
        Policy tuned = SoftProblem.FineTuning(_expert.Mdp, prior, -phi, klWeight).Solve().Policy, direct = Prior.Pretrained(_expert.Mdp, phi, klWeight * pretraining / (klWeight + pretraining));
        for (int i = 0; i < phi.Entries.Length; i++)
            Assert.That(tuned.Probabilities[i], Is.EqualTo(direct.Probabilities[i]).Within(1e-9));
    }
}
