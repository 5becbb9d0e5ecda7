"""What the person chose: points, network, training; one frozen state that commands replace."""
