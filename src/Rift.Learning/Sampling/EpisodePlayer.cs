using Rift.Mdp;

namespace Rift.Learning;

/// <summary>Who decides in an episode, and sees what comes of it.</summary>
internal interface IActor
{
    /// <summary>The action in a state.</summary>
    int Act(int state, SplittableRandom random);

    /// <summary>Is told of every step, those of an expert after a stop too.</summary>
    void Observe(in Transition transition);
}

/// <summary>Plays episodes by rules: Algorithm 1 and its variants in one loop.</summary>
internal sealed class EpisodePlayer(Simulator world, EpisodeRules rules)
{
    private readonly PolicySampler? _expert = rules.WhenStopped == StopResponse.ExpertActs ? new PolicySampler(rules.Expert!) : null;
    private readonly int _delay = rules.Supervisor?.ReactionDelay ?? 0;

    /// <summary>One episode. A random number is taken for each thing that is not certain, in this order: the start, and in each step the action, the offence, the successor, success, survival.</summary>
    internal EpisodeSummary Play<TActor>(ref TActor actor, SplittableRandom random)
        where TActor : IActor
    {
        MarkovDecisionProcess mdp = world.Mdp;
        StateActionTable reward = mdp.Reward;
        StateActionTable? phi = rules.Supervisor?.Offences;
        int state = world.Start(random), steps = 0, stops = 0;
        double earned = 0;
        bool expertActs = false;
        ulong offences = 0; // bit k: an offence k steps ago
        if (world.IsTerminal(state)) return new EpisodeSummary(Ending.Terminal, false, 0, 0, 0);
        while (true)
        {
            int action = expertActs ? _expert!.Draw(state, random) : actor.Act(state, random);
            int pair = (state * mdp.Actions) + action;
            bool stopped = false;
            if (phi is not null && !expertActs)
            {
                double probability = phi[pair];
                bool offence = probability >= 1 || (probability > 0 && random.NextDouble() < probability);
                offences = (offences << 1) | (offence ? 1UL : 0);
                stopped = ((offences >> _delay) & 1) != 0;
            }

            int next = world.Next(pair, random);
            earned += reward[pair];
            steps++;
            actor.Observe(new Transition(state, action, next, stopped));
            if (stopped)
            {
                stops++;
                if (rules.WhenStopped == StopResponse.EndsEpisode) return new EpisodeSummary(Ending.EmergencyStop, false, steps, earned, stops);
                expertActs = rules.WhenStopped == StopResponse.ExpertActs;
            }

            if (world.IsTerminal(next)) return new EpisodeSummary(Ending.Terminal, world.Succeeded(pair, random), steps, earned, stops);
            if (steps >= rules.MostSteps || (rules.Survival < 1 && random.NextDouble() >= rules.Survival)) return new EpisodeSummary(Ending.TimeLimit, false, steps, earned, stops);
            state = next;
        }
    }
}
