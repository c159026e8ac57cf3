using System.Globalization;

namespace Rift.Mdp;

/// <summary>A term of a linear reward: what one unit of its parameter pays.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Values">f(s,a), S x A, finite; read as 0 where the action is not available.</param>
public sealed record RewardFeature(string Name, StateActionTable Values);

/// <summary>One of several ways in which a step can turn out, each with a kernel of its own, such as the mileage that a bus covers in a month.</summary>
/// <param name="Name">The name of its probability.</param>
/// <param name="Kernel">T_j(s'|s,a): where the process goes if the step turns out so.</param>
public sealed record TransitionOutcome(string Name, TransitionKernel Kernel);

/// <summary>A process with unknown parameters: a reward that is linear in them, r = sum_k theta_k f_k, and where asked for dynamics as well, T = sum_j p_j T_j.</summary>
/// <remarks>
/// A point of the parameter space is one array: theta_1 .. theta_K, then p_1 .. p_(J-1); the probability of the last outcome is what is left of one. For a V held fixed,
/// r + gamma E V is linear in the point, which is why one derivative does for both kinds: see <see cref="Direction"/>. Immutable.
/// </remarks>
public sealed class LinearProcess
{
    private readonly MarkovDecisionProcess _frame;

    /// <summary>A family of processes.</summary>
    /// <param name="frame">Dynamics, initial distribution, discount and description; its reward is not used, and with <paramref name="outcomes"/> neither are its transition probabilities.</param>
    /// <param name="features">The terms of the reward, at least one, named differently.</param>
    /// <param name="outcomes">The ways a step can turn out if their probabilities are parameters too: none, or at least two, with the actions available that are available in the frame.</param>
    /// <exception cref="ArgumentException">A shape is wrong, a name is empty or there twice, there is no feature, or a single outcome.</exception>
    /// <exception cref="InvalidModelException">A feature is not finite, or an outcome has other available actions.</exception>
    public LinearProcess(MarkovDecisionProcess frame, IReadOnlyList<RewardFeature> features, IReadOnlyList<TransitionOutcome>? outcomes = null)
    {
        _frame = Require.NotNull(frame);
        Outcomes = outcomes ?? [];
        if (Require.NotNull(features).Count == 0) throw new ArgumentException("found no feature, expected at least one", nameof(features));
        if (Outcomes.Count == 1) throw new ArgumentException("found one outcome, expected none or at least two", nameof(outcomes));
        Features = [.. features.Select(feature => Checked(frame, feature))];
        foreach (TransitionOutcome outcome in Outcomes) RequireFits(frame.Kernel, outcome);
        Names = [.. Features.Select(feature => feature.Name), .. Outcomes.SkipLast(1).Select(outcome => outcome.Name)];
        string[] all = [.. Features.Select(feature => feature.Name), .. Outcomes.Select(outcome => outcome.Name)];
        for (int i = 0; i < all.Length; i++)
            if (string.IsNullOrWhiteSpace(all[i]) || Array.IndexOf(all, all[i]) != i) throw new ArgumentException($"found the name \"{all[i]}\", expected a name that no other parameter has", nameof(features));
    }

    /// <summary>The terms of the reward, K of them.</summary>
    public IReadOnlyList<RewardFeature> Features { get; }

    /// <summary>The ways a step can turn out, J of them; none where the dynamics are known.</summary>
    public IReadOnlyList<TransitionOutcome> Outcomes { get; }

    /// <summary>The names of the parameters: K of the reward, then J - 1 probabilities.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of parameters, K + max(0, J - 1).</summary>
    public int Parameters => Names.Count;

    /// <summary>Number of states S.</summary>
    public int States => _frame.States;

    /// <summary>Number of actions A.</summary>
    public int Actions => _frame.Actions;

    /// <summary>gamma.</summary>
    public double Discount => _frame.Discount;

    /// <summary>Names of states and actions.</summary>
    public ModelDescription Description => _frame.Description;

    /// <summary>The dynamics, if no parameter decides about them; otherwise only its shape and which actions are available count.</summary>
    public TransitionKernel Kernel => _frame.Kernel;

    /// <summary>A family of which every state-action pair has a parameter of its own: the free reward. One feature an available pair, in index order, named r(s,a).</summary>
    /// <param name="frame">Dynamics, initial distribution, discount.</param>
    public static LinearProcess Free(MarkovDecisionProcess frame)
    {
        int actions = Require.NotNull(frame).Actions;
        IEnumerable<int> pairs = Enumerable.Range(0, frame.States * actions).Where(i => frame.IsAvailable(i / actions, i % actions));
        return new LinearProcess(frame, [.. pairs.Select(i => new RewardFeature(
            string.Create(CultureInfo.InvariantCulture, $"r({i / actions},{i % actions})"), StateActionTable.Create(frame.States, actions, (s, a) => (s * actions) + a == i ? 1 : 0)))]);
    }

    /// <summary>The same family at another discount.</summary>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    public LinearProcess WithDiscount(double discount) => new(_frame.WithDiscount(discount), Features, Outcomes);

    /// <summary>The same family with only some of its features: the reward's other parameters are zero.</summary>
    /// <param name="kept">Whether a feature stays, by its name.</param>
    public LinearProcess With(Func<string, bool> kept) => new(_frame, [.. Features.Where(feature => Require.NotNull(kept)(feature.Name))], Outcomes);

    /// <summary>Whether a point is in the parameter space: finite, with probabilities that are all positive.</summary>
    /// <param name="parameters">A point, one number for each parameter.</param>
    public bool Contains(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters.Length, Parameters, nameof(parameters));
        foreach (double parameter in parameters)
            if (!double.IsFinite(parameter)) return false;
        return Outcomes.Count == 0 || Probabilities(parameters).All(p => p > 0);
    }

    /// <summary>p_1 .. p_J at a point; none where the dynamics are known.</summary>
    /// <param name="parameters">A point, one number for each parameter.</param>
    public double[] Probabilities(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters.Length, Parameters, nameof(parameters));
        if (Outcomes.Count == 0) return [];
        double[] probabilities = [.. parameters[Features.Count..], 1];
        for (int j = 0; j < probabilities.Length - 1; j++) probabilities[^1] -= probabilities[j];
        return probabilities;
    }

    /// <summary>sum_k theta_k f_k, S x A.</summary>
    /// <param name="parameters">A point, one number for each parameter.</param>
    public StateActionTable Reward(ReadOnlySpan<double> parameters)
    {
        Require.Length(parameters.Length, Parameters, nameof(parameters));
        double[] reward = new double[States * Actions];
        for (int k = 0; k < Features.Count; k++)
            for (int i = 0; i < reward.Length; i++) reward[i] += parameters[k] * Features[k].Values[i];
        return StateActionTable.Own(States, Actions, reward);
    }

    /// <summary>The process at a point.</summary>
    /// <param name="parameters">theta_1 .. theta_K, p_1 .. p_(J-1).</param>
    /// <exception cref="ArgumentException">The number of parameters is wrong.</exception>
    /// <exception cref="InvalidModelException">A probability is not between 0 and 1, or a reward is not finite.</exception>
    public MarkovDecisionProcess At(ReadOnlySpan<double> parameters)
    {
        StateActionTable reward = Reward(parameters);
        if (Outcomes.Count == 0) return _frame.WithReward(reward);
        double[] probabilities = Probabilities(parameters);
        TransitionKernelBuilder builder = new(States, Actions);
        for (int s = 0; s < States; s++)
            for (int a = 0; a < Actions; a++)
                for (int j = 0; j < Outcomes.Count; j++)
                    foreach (Successor next in Outcomes[j].Kernel.Successors(s, a)) builder.Add(s, a, next.State, probabilities[j] * next.Probability);
        return new MarkovDecisionProcess(builder.Build(), reward, _frame.Initial, Discount, Description);
    }

    /// <summary>
    /// How r + gamma E V moves with a parameter while V is held fixed, S x A: f_k for a parameter of the reward, gamma (E_j - E_J) V for a probability. It does not depend on the point.
    /// The policy that is optimal for the point then moves as if this were added to the reward.
    /// </summary>
    /// <param name="parameter">Which one, from 0.</param>
    /// <param name="values">V, S entries.</param>
    public StateActionTable Direction(int parameter, ReadOnlySpan<double> values)
    {
        Require.Index(parameter, Parameters, nameof(parameter));
        if (parameter < Features.Count) return Features[parameter].Values;
        Require.Length(values.Length, States, nameof(values));
        return Discount * (Outcomes[parameter - Features.Count].Kernel.Expect(values) - Outcomes[^1].Kernel.Expect(values));
    }

    private static RewardFeature Checked(MarkovDecisionProcess frame, RewardFeature feature)
    {
        StateActionTable values = Require.NotNull(Require.NotNull(feature).Values);
        Require.Shape(values, frame.States, frame.Actions, nameof(feature));
        // What a reward must be, a feature must be: the process refuses the entry by state and action.
        return feature with { Values = frame.WithReward(values).Reward };
    }

    private static void RequireFits(TransitionKernel expected, TransitionOutcome outcome)
    {
        TransitionKernel kernel = Require.NotNull(Require.NotNull(outcome).Kernel);
        if (kernel.States != expected.States || kernel.Actions != expected.Actions)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found {kernel.States} states and {kernel.Actions} actions in the outcome {outcome.Name}, expected {expected.States} and {expected.Actions}"), nameof(outcome));
        for (int s = 0; s < expected.States; s++)
            for (int a = 0; a < expected.Actions; a++)
                if (kernel.IsAvailable(s, a) != expected.IsAvailable(s, a))
                    throw new InvalidModelException($"the outcome {outcome.Name} has {(kernel.IsAvailable(s, a) ? "a" : "no")} successor", "the actions that are available in every other outcome", s, a);
    }
}
