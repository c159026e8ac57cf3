using Rift.Mdp;

namespace Rift.Learning;

/// <summary>The policies that fine-tuning starts from.</summary>
public static class Prior
{
    /// <summary>A softened expert: (1 - epsilon) softmax(Q*/tau) + epsilon uniform, with Q* the hard optimum.</summary>
    /// <param name="expert">The expert.</param>
    /// <param name="temperature">tau, positive, in the units of the reward.</param>
    /// <param name="uniformShare">epsilon, from 0 to 1.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Policy Softened(Expert expert, double temperature, double uniformShare)
    {
        ArgumentNullException.ThrowIfNull(expert);
        if (!(temperature > 0 && double.IsFinite(temperature))) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "expected a positive finite number");
        StateActionTable q = expert.Solution.Q;
        Policy soft = Policy.Softmax(StateActionTable.Create(q.States, q.Actions, (s, a) => expert.Mdp.IsAvailable(s, a) ? (q[s, a] - expert.Solution.Values[s]) / temperature : double.NegativeInfinity));
        return Mixed(soft, uniformShare, expert.Mdp.Kernel);
    }

    /// <summary>(1 - epsilon) times a policy plus epsilon times the uniform policy over the available actions.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="uniformShare">epsilon, from 0 to 1; at 0 the policy itself.</param>
    /// <param name="kernel">The dynamics: which actions are available.</param>
    /// <exception cref="ArgumentException">The share is out of range, or the policy does not fit the process.</exception>
    public static Policy Mixed(Policy policy, double uniformShare, TransitionKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(policy);
        policy.RequireFits(kernel);
        if (!(uniformShare is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(uniformShare), uniformShare, "expected a number from 0 to 1");
        return uniformShare == 0
            ? policy
            : Policy.Softmax(policy.Probabilities.Zip(Policy.Uniform(kernel).Probabilities, (p, u) => Math.Log(((1 - uniformShare) * p) + (uniformShare * u))));
    }

    /// <summary>A policy with a random favourite in each state: probability 0.9 on an available action drawn at random, the rest spread evenly over the other available ones.</summary>
    /// <param name="kernel">The dynamics.</param>
    /// <param name="random">The stream to draw from.</param>
    public static Policy Peaked(TransitionKernel kernel, SplittableRandom random)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(random);
        const double favourite = 0.9;
        double[] probabilities = new double[kernel.States * kernel.Actions];
        for (int s = 0; s < kernel.States; s++)
        {
            int[] available = [.. Enumerable.Range(0, kernel.Actions).Where(a => kernel.IsAvailable(s, a))];
            int chosen = available[random.NextInt(available.Length)];
            foreach (int a in available)
                probabilities[(s * kernel.Actions) + a] = available.Length == 1 ? 1 : a == chosen ? favourite : (1 - favourite) / (available.Length - 1);
        }

        return Policy.FromProbabilities(new StateActionTable(kernel.States, kernel.Actions, probabilities));
    }

    /// <summary>A prior pretrained on the interventions themselves: the optimum of -phi with a KL weight to the uniform policy. Fine-tuning it is RLIF at a lower temperature, and nothing more (fact F10).</summary>
    /// <param name="mdp">The process; its reward is not used.</param>
    /// <param name="intervention">phi, S x A.</param>
    /// <param name="temperature">a0, positive.</param>
    /// <exception cref="ArgumentException">The temperature is not positive, or phi has another shape than the process.</exception>
    public static Policy Pretrained(MarkovDecisionProcess mdp, StateActionTable intervention, double temperature)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentNullException.ThrowIfNull(intervention);
        if (!(temperature > 0 && double.IsFinite(temperature))) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "expected a positive finite number");
        SoftProblem problem = SoftProblem.FineTuning(mdp, Policy.Uniform(mdp.Kernel), -intervention, temperature);
        return new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(problem).Policy;
    }

    /// <summary>Tabular behaviour cloning: pi(a|s) = (n(s,a) + kappa/A) / (n(s) + kappa), with n the counts of the expert's demonstrations and A the number of available actions.</summary>
    /// <remarks>Where the model aggregates states (<see cref="ModelDescription.Aggregation"/>), the states of a group share their counts: what the expert did in one of them is cloned in all.</remarks>
    /// <param name="expert">The expert; of several best actions one is drawn for each state, once.</param>
    /// <param name="episodes">N, the number of demonstrations, at least 0.</param>
    /// <param name="smoothing">kappa, at least 0. A state that no demonstration visits is exactly uniform; at 0 what the expert was never seen to do is never done.</param>
    /// <param name="horizon">The most steps of a demonstration, at least 1.</param>
    /// <param name="random">The stream of the demonstrations.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Policy Cloned(Expert expert, int episodes, double smoothing, int horizon, SplittableRandom random)
    {
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(episodes);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (!(smoothing >= 0 && double.IsFinite(smoothing))) throw new ArgumentOutOfRangeException(nameof(smoothing), smoothing, "expected a finite number, 0 or more");
        MarkovDecisionProcess mdp = expert.Mdp;
        Policy shown = expert.Deterministic(random);
        IReadOnlyList<int>? groups = mdp.Description.Aggregation;
        double[] counts = new double[mdp.States * mdp.Actions];
        foreach (Episode demonstration in new Simulator(mdp).Collect(shown, new EpisodeRules { MostSteps = horizon }, episodes, random))
            foreach (Transition step in demonstration.Transitions) counts[(Group(step.State) * mdp.Actions) + step.Action]++;
        Policy uniform = Policy.Uniform(mdp.Kernel);
        StateActionTable logs = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) =>
        {
            double seen = 0;
            for (int b = 0; b < mdp.Actions; b++) seen += counts[(Group(s) * mdp.Actions) + b];
            return seen == 0 || !mdp.IsAvailable(s, a) ? uniform.LogProbability(s, a) : Math.Log((counts[(Group(s) * mdp.Actions) + a] + (smoothing * uniform.Probability(s, a))) / (seen + smoothing));
        });
        return Policy.Softmax(logs);

        int Group(int state) => groups is null ? state : groups[state];
    }
}
